// Served by processes and threads.
import { appendFileSync } from "node:fs";
import { connect } from "node:net";
import process from "node:process";
import { serve } from "tailrace/node";
import type { ServeContext } from "tailrace/node";

export type Request = readonly [act: keyof typeof acts, given?: unknown];

const acts = {
  double: (given: unknown) => Number(given) * 2,
  async count(given: unknown, { output }: ServeContext<number>) {
    for (let number = 1; number <= Number(given); number++) await output(number);
    return "counted";
  },
  print(given: unknown) {
    console.log(given);
    process.stdout.write("and more\n");
    return "printed";
  },
  fail() {
    throw new RangeError("too far", { cause: new Error("no map", { cause: ["lost"] }) });
  },
  failOddly() {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is what is to be sent
    throw { odd: true };
  },
  unsent: () => 1n,
  wait: async (given: unknown) => {
    await new Promise((resolve) =>
      connect(String(given), () => {
        resolve(undefined);
      }),
    );
    await new Promise(() => undefined);
  },
  /** Takes the signal, and writes into a file when it aborts. */
  async cleanUp(given: unknown, context: ServeContext) {
    const [path, file] = given as [string, string];
    const { signal } = context;
    const aborted = new Promise((resolve) => {
      signal.addEventListener("abort", () => setTimeout(resolve, 50));
    });
    connect(path);
    await aborted;
    appendFileSync(file, `cleaned up: ${String(signal.reason)}\n`);
  },
  echo: (given: unknown) => given,
  nothing: () => undefined,
  loop(given: unknown) {
    connect(String(given));
    return new Promise((resolve) => setImmediate(resolve)).then(() => {
      for (;;);
    });
  },
  uncaught() {
    setImmediate(() => {
      throw new Error("nobody catches this");
    });
    return new Promise(() => undefined);
  },
  exit: (given: unknown) => process.exit(Number(given)),
  half(given: unknown, { transfer }: ServeContext<never>) {
    const smaller = (given as Uint8Array).slice(0, (given as Uint8Array).length / 2);
    transfer(smaller.buffer);
    return smaller;
  },
};

/** For threads that are given the name of a function. */
export function act([name, given]: Request, context: ServeContext<never>): unknown {
  return (acts[name] as (given: unknown, context: ServeContext<never>) => unknown)(given, context);
}

if (process.argv[2] === "serve") serve(act);
