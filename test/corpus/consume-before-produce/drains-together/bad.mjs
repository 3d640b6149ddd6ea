// Every turn waits for all mirrors to drain at once, and the mirrors are read after the last turn.
// Ends: exit 13
import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";

const mirrors = ["north", "south"].map(() => new PassThrough({ highWaterMark: 1024 }));
for (let block = 0; block < 16; block += 1) {
  const chunk = Buffer.alloc(512, block);
  await Promise.all(mirrors.map((mirror) => mirror.write(chunk) || once(mirror, "drain"))); // starves
}
mirrors.forEach((mirror) => mirror.end());

for (const mirror of mirrors) assert.equal(Buffer.concat(await mirror.toArray()).length, 8192);
