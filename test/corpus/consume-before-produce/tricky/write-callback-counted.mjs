// The callbacks only count: nobody waits for them before the stream is read.
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

const out = new PassThrough({ highWaterMark: 4 });
let taken = 0;
for (let number = 0; number < 8; number += 1) {
  out.write("abcd", () => {
    taken += 1;
  });
}
const ended = new Promise((resolve) => out.end(resolve));
let text = "";
for await (const chunk of out) text += chunk;
await ended;
assert.deepEqual([text.length, taken], [32, 8]);
