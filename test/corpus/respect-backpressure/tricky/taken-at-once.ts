// A sink that calls back before its `write` returns keeps nothing: each line is taken before the next one comes.
import assert from "node:assert";
import { Writable } from "node:stream";

async function* lines(): AsyncGenerator<string> {
  for (let line = 0; line < 2_000; line += 1) yield Promise.resolve("m".repeat(100));
}

class Meter extends Writable {
  characters = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.characters += chunk.length;
    done();
  }
}

let most = 0;
let count = 0;
const counter = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    count += 1;
    done();
  },
});
const meter = new Meter({ highWaterMark: 1024 });
for await (const line of lines()) {
  counter.write(line);
  meter.write(line);
  most = Math.max(most, counter.writableLength, meter.writableLength);
}
assert.deepEqual([count, meter.characters, most], [2_000, 200_000, 0]);
