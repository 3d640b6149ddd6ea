// Each part is being read when its body is written.
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";

const attachments = [
  { name: "small.txt", body: Buffer.alloc(100) },
  { name: "large.bin", body: Buffer.alloc(1024 * 1024) },
];

const contents: Promise<Buffer>[] = [];
for (const { body } of attachments) {
  const part = new PassThrough();
  contents.push(buffer(part));
  if (!part.write(body)) {
    await once(part, "drain");
  }
  part.end();
}

const length = (await Promise.all(contents)).reduce((sum, content) => sum + content.length, 0);
if (length !== 1024 * 1024 + 100) throw new Error(`${length}`);
