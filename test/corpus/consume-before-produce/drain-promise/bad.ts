// An object-mode transform stops accepting after sixteen records; "drain" comes when they are read, below.
// Ends: exit 13
import { Transform, type TransformCallback } from "node:stream";

class Numbered extends Transform {
  #next = 1;
  constructor() {
    super({ objectMode: true });
  }
  override _transform(name: string, _encoding: BufferEncoding, done: TransformCallback): void {
    done(null, { id: this.#next++, name });
  }
}

const names = Array.from({ length: 100 }, (_, index) => `host-${index}`);
const numbered = new Numbered();
for (const name of names) {
  if (!numbered.write(name)) await new Promise((resolve) => numbered.once("drain", resolve)); // starves
}
numbered.end();

const records = (await numbered.toArray()) as { id: number; name: string }[];
if (records.at(-1)?.id !== 100) throw new Error(`${records.length}`);
