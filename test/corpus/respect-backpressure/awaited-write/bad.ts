// `write()` returns no promise: to await its boolean waits for nothing.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Writable } from "node:stream";

async function save(chunks: AsyncIterable<Buffer>, out: Writable): Promise<void> {
  for await (const chunk of chunks) {
    await out.write(chunk); // starves
  }
}

async function* chunks(): AsyncGenerator<Buffer> {
  for (let chunk = 0; chunk < 100; chunk += 1) yield Promise.resolve(Buffer.alloc(8 * 1024));
}

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await save(chunks(), sink);
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
