// The next page is fetched only when the rows of the last one have drained.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

let left = 40;
const fetchPage = (): Promise<string[]> =>
  Promise.resolve((left -= 1) < 0 ? [] : Array.from({ length: 10 }, () => "r".repeat(2048)));

async function dump(out: Writable): Promise<void> {
  let rows: string[];
  do {
    rows = await fetchPage();
    for (const row of rows) out.write(row);
    if (out.writableNeedDrain) await once(out, "drain");
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
