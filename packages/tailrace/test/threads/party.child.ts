// Does with a box what it is told, and says when it has begun and what came of it.
import { parentPort } from "node:worker_threads";
import { openSharedMVar } from "tailrace/threads";
import type { SharedMVar, SharedMVarHandle } from "tailrace/threads";

export type Act =
  "hold" | "read" | "take" | "put" | "take sync" | "put sync" | "read sync" | "end" | "throw" | "hold and end";

/** What it is told. */
export interface Order {
  readonly act: Act;
  readonly handle: SharedMVarHandle<number>;
}

/** What it says. */
export type Said = { readonly begun: true } | { readonly value: number | undefined } | { readonly error: string };

const say = (said: Said): void => {
  parentPort?.postMessage(said);
};

async function act(order: Act, box: SharedMVar<number>): Promise<number | undefined> {
  switch (order) {
    case "hold":
      return box.with(() => {
        say({ begun: true });
        return new Promise<never>(() => undefined);
      });
    case "hold and end":
      return box.with(() => process.exit(3));
    case "throw":
      return box.with(() => {
        setImmediate(() => {
          throw new Error("of the worker");
        });
        return new Promise<never>(() => undefined);
      });
    case "end":
      return process.exit(0);
    case "put":
    case "take":
    case "read": {
      const done = order === "put" ? box.put(7) : box[order]();
      say({ begun: true });
      return (await done) ?? undefined;
    }
    case "put sync":
      say({ begun: true });
      box.putSync(7);
      return undefined;
    case "take sync":
      say({ begun: true });
      return box.takeSync();
    case "read sync":
      say({ begun: true });
      return box.readSync();
  }
}

parentPort?.on("message", ({ act: order, handle }: Order) => {
  act(order, openSharedMVar(handle)).then(
    (value) => {
      say({ value });
    },
    (error: unknown) => {
      say({ error: String(error) });
    },
  );
});
