// The wait for "drain" ends with its signal: nobody reads yet, and the program goes on all the same.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const pipe = new PassThrough();
const impatience = new AbortController();
setTimeout(() => impatience.abort(), 30);

let written = 0;
try {
  for (; written < 100; written += 1) {
    if (!pipe.write(Buffer.alloc(65_536))) await once(pipe, "drain", { signal: impatience.signal });
  }
} catch (error) {
  if ((error as Error).name !== "AbortError") throw error;
}
pipe.end();

let size = 0;
for await (const chunk of pipe) size += (chunk as Buffer).length;
if (size < 65_536 || written === 100) throw new Error(`${size}`);
