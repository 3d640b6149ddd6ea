// Page after page is fetched and its rows are written, however many rows the response still holds.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Writable } from "node:stream";

let left = 40;
const fetchPage = (): Promise<string[]> =>
  Promise.resolve((left -= 1) < 0 ? [] : Array.from({ length: 10 }, () => "r".repeat(2048)));

async function dump(out: Writable): Promise<void> {
  let rows: string[];
  do {
    rows = await fetchPage();
    for (const row of rows) {
      out.write(row); // starves
    }
  } while (rows.length > 0);
}

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await dump(sink);
assert.ok(sink.writableLength <= 64 * 1024, `buffered ${sink.writableLength} bytes`);
