// One mebibyte of room for a hundred kibibytes.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const spool = new PassThrough({ highWaterMark: 1024 * 1024 });
for (let block = 0; block < 100; block += 1) {
  if (!spool.write(Buffer.alloc(1024))) await once(spool, "drain");
}
spool.end();

let size = 0;
for await (const chunk of spool) size += (chunk as Buffer).length;
if (size !== 102_400) throw new Error(`${size}`);
