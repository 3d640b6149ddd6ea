// The loop listens to the lines from its first turn on, so what its body awaits loses none.
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";

const lines = createInterface({ input: Readable.from(["one\ntwo\n", "three\nfour\n"]) });
const batch: string[] = [];
for await (const line of lines) {
  if (line === "") continue;
  batch.push(line);
  if (batch.length % 2 === 0) await turn();
}
if (batch.join() !== "one,two,three,four") throw new Error(batch.join());
