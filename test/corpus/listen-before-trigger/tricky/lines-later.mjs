// Nothing is written to the stream before the loop over its lines begins.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

const output = new PassThrough();
const lines = createInterface({ input: output });
await sleep(5);
setTimeout(() => output.end("a\nb\n"), 5);
let count = 0;
for await (const line of lines) count += line.length;
assert.equal(count, 2);
