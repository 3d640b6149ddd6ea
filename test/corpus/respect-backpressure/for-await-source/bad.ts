// The loop waits for each page of its source, never for the sink, which is slower: the pages pile up in it.
// cf. atomantic/PortOS#905
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Writable } from "node:stream";

async function* pages(): AsyncGenerator<Buffer> {
  for (let page = 0; page < 100; page += 1) yield Promise.resolve(Buffer.alloc(8 * 1024, page));
}

const archive = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for await (const page of pages()) {
  archive.write(page); // starves
}
archive.end();
assert.ok(archive.writableLength <= 32 * 1024, `buffered ${archive.writableLength} bytes`);
