// The mirrors are read while they are written.
import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";

const mirrors = ["north", "south"].map(() => new PassThrough({ highWaterMark: 1024 }));
const arriving = mirrors.map((mirror) => mirror.toArray());
for (let block = 0; block < 16; block += 1) {
  const chunk = Buffer.alloc(512, block);
  await Promise.all(mirrors.map((mirror) => mirror.write(chunk) || once(mirror, "drain")));
}
mirrors.forEach((mirror) => mirror.end());

for (const blocks of await Promise.all(arriving)) assert.equal(Buffer.concat(blocks).length, 8192);
