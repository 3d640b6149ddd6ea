// Paused mode: the "readable" listener takes what is there whenever there is something.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const pipe = new PassThrough();
let size = 0;
pipe.on("readable", () => {
  for (let chunk: Buffer | null; (chunk = pipe.read() as Buffer | null) !== null; ) size += chunk.length;
});
for (let block = 0; block < 10; block += 1) {
  if (!pipe.write(Buffer.alloc(65_536))) await once(pipe, "drain");
}
pipe.end();
await once(pipe, "end");
if (size !== 655_360) throw new Error(`${size}`);
