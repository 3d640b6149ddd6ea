// `_read()` pushes all there is, whatever `push()` says: the whole sequence stands in memory before its first part is read.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Readable } from "node:stream";

class Noise extends Readable {
  #left = 100;
  override _read(): void {
    while (true) {
      if (this.#left === 0) return;
      this.#left -= 1;
      this.push(Buffer.alloc(8 * 1024)); // starves
    }
  }
}

const noise = new Noise({ highWaterMark: 16 * 1024 });
noise.read(0);
assert.ok(noise.readableLength <= 32 * 1024, `buffered ${noise.readableLength} bytes`);
