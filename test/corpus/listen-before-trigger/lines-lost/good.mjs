// The loop over the lines begins where the reader is made.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

await sleep(50);
const lines = createInterface({ input: Readable.from(["a\n", "b\n"]) });
let count = 0;
for await (const line of lines) count += line.length;
assert.equal(count, 2);
