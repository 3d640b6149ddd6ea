// A "data" listener is a consumer, although nothing here is awaited, piped or iterated.
import { once } from "node:events";
import { createDeflate, inflateSync } from "node:zlib";
import { randomBytes } from "node:crypto";

const deflate = createDeflate();
const parts: Buffer[] = [];
deflate.on("data", (part: Buffer) => parts.push(part));

const noise = randomBytes(32 * 1024);
for (let round = 0; round < 20; round += 1) {
  if (!deflate.write(noise)) await new Promise((resolve) => deflate.once("drain", resolve));
}
deflate.end();
await once(deflate, "end");
if (inflateSync(Buffer.concat(parts)).length !== 20 * noise.length) throw new Error("short");
