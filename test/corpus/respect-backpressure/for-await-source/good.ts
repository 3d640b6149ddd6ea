// `pipeline` takes the next page from the source only when the sink has room.
import assert from "node:assert";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

let most = 0;
async function* pages(): AsyncGenerator<Buffer> {
  for (let page = 0; page < 100; page += 1) {
    most = Math.max(most, archive.writableLength);
    yield Promise.resolve(Buffer.alloc(8 * 1024, page));
  }
}

const archive = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await pipeline(pages(), archive);
assert.ok(most <= 32 * 1024, `buffered ${most} bytes`);
