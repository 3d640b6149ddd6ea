// What a thread runs for a pool that was given the name of a function: the build makes it a part of the module that
// starts it.
import { parentPort } from "node:worker_threads";
import { serve } from "./serve.ts";

/** The function that is to be served. */
export interface Exported {
  readonly module: string;
  readonly name: string;
}

parentPort?.once("message", (exported: Exported) => void load(exported));

async function load({ module, name }: Exported): Promise<void> {
  const { [name]: fn } = (await import(module)) as Readonly<Record<string, unknown>>;
  if (typeof fn !== "function") throw new TypeError(`${module} exports no function ${name}`);
  serve(fn as Parameters<typeof serve>[0]);
}
