// A multipart message: each part is a PassThrough that is filled before the message is put together.
// Ends: exit 13
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";

const attachments = [
  { name: "small.txt", body: Buffer.alloc(100) },
  { name: "large.bin", body: Buffer.alloc(1024 * 1024) },
];

const parts: PassThrough[] = [];
for (const { body } of attachments) {
  const part = new PassThrough();
  parts.push(part);
  if (!part.write(body)) {
    await once(part, "drain"); // starves
  }
  part.end();
}

let length = 0;
for (const part of parts) length += (await buffer(part)).length;
if (length !== 1024 * 1024 + 100) throw new Error(`${length}`);
