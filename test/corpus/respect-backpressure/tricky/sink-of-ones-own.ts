// `write` of a class that is no stream: it keeps nothing, and says nothing about room.
import assert from "node:assert";

class Digest {
  #sum = 0;
  write(chunk: Uint8Array): void {
    for (const byte of chunk) this.#sum += byte;
  }
  get sum(): number {
    return this.#sum;
  }
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (let chunk = 0; chunk < 100; chunk += 1) yield Promise.resolve(new Uint8Array(1024).fill(1));
}

const stream = new Digest();
for await (const chunk of chunks()) stream.write(chunk);
assert.equal(stream.sum, 100 * 1024);
