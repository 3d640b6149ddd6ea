// One of many processes that take part. It reads on stdin what it is to do, a line of JSON each, and says when it has.
import process from "node:process";
import { createInterface } from "node:readline";
import { OwnerDiedError, report } from "tailrace";
import { openMVar, openSemaphore } from "tailrace/processes";
import type { NamedMVar, NamedSemaphore } from "tailrace/processes";
import { child } from "./program.ts";

export type Order =
  /** Takes and puts as the program says; `limit` milliseconds are too long for that. */
  | { readonly act: "program"; readonly name: string; readonly folder: string; readonly limit: number }
  /** Adds one to the value so many times, and says so each time. */
  | {
      readonly act: "count";
      readonly name: string;
      readonly permits: string;
      readonly folder: string;
      readonly limit: number;
      readonly times: number;
    };

/** `ended` is what is heard of one that is not there any more. */
export type Said =
  { readonly done: true } | { readonly failed: string } | { readonly died: string } | { readonly ended: true };

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function take({ name, folder, limit }: Order): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new Error(report()));
  }, limit);
  try {
    await using box = await openMVar<number>(name, { folder });
    await child(box, late.signal);
  } finally {
    clearTimeout(timer);
  }
}

let opened: Promise<[NamedMVar<number>, NamedSemaphore]> | undefined;

async function count({ name, permits, folder, limit, times }: Order & { readonly act: "count" }): Promise<void> {
  opened ??= Promise.all([openMVar<number>(name, { folder }), openSemaphore(permits, { folder })]);
  const [box, semaphore] = await opened;
  for (let nth = 0; nth < times;) {
    try {
      using _ = await semaphore.acquire({ timeout: limit });
      await box.modify((value) => value + 1, { timeout: limit });
      nth++;
      say({ done: true });
    } catch (error) {
      if (!(error instanceof OwnerDiedError)) throw error;
      say({ died: error.owner }); // what it had is back, and so all go on
    }
  }
}

process.stdin.on("end", () => process.exit());
createInterface({ input: process.stdin }).on("line", (line) => {
  const order = JSON.parse(line) as Order;
  const work =
    order.act === "program"
      ? take(order).then(() => {
          say({ done: true });
        })
      : count(order);
  work.catch((error: unknown) => {
    say({ failed: String(error) });
  });
});
