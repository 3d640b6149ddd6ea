// The producer was called before the loop and is awaited after it: between the two somebody reads.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const pipe = new PassThrough();
const produce = async (): Promise<number> => {
  let waits = 0;
  for (let block = 0; block < 32; block += 1) {
    if (!pipe.write(Buffer.alloc(16_384))) {
      waits += 1;
      await once(pipe, "drain");
    }
  }
  pipe.end();
  return waits;
};

const producing = produce();
let size = 0;
for await (const chunk of pipe) size += (chunk as Buffer).length;
const waits = await producing;
if (size !== 32 * 16_384 || waits === 0) throw new Error(`${size} ${waits}`);
