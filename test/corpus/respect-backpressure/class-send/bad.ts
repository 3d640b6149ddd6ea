// The method drops what `write()` says, so that the loop that calls it cannot know that the sink is full.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Writable } from "node:stream";

class Journal {
  readonly #out: Writable;
  constructor(out: Writable) {
    this.#out = out;
  }
  async copy(entries: AsyncIterable<string>): Promise<void> {
    for await (const entry of entries) this.#append(entry);
  }
  #append(entry: string): void {
    this.#out.write(`${entry}\n`); // starves
  }
}

async function* entries(): AsyncGenerator<string> {
  for (let entry = 0; entry < 100; entry += 1) yield Promise.resolve("e".repeat(8 * 1024));
}

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await new Journal(sink).copy(entries());
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
