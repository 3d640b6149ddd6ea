// toArray() starts reading at once; its promise is awaited at the end.
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
const collected = numbered.toArray() as Promise<{ id: number; name: string }[]>;
for (const name of names) {
  if (!numbered.write(name)) await new Promise((resolve) => numbered.once("drain", resolve));
}
numbered.end();

const records = await collected;
if (records.at(-1)?.id !== 100) throw new Error(`${records.length}`);
