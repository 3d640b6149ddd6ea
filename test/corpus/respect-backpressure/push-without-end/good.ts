// `_read()` returns when `push()` says that it is enough; it is called again when there is room.
import assert from "node:assert";
import { Readable } from "node:stream";

class Noise extends Readable {
  #left = 100;
  override _read(): void {
    while (true) {
      if (this.#left === 0) return;
      this.#left -= 1;
      if (!this.push(Buffer.alloc(8 * 1024))) return;
    }
  }
}

const noise = new Noise({ highWaterMark: 16 * 1024 });
noise.read(0);
assert.ok(noise.readableLength <= 32 * 1024, `buffered ${noise.readableLength} bytes`);
