// `||` waits only where the write returned false.
const assert = require("node:assert");
const { once } = require("node:events");
const { Writable } = require("node:stream");

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
async function main() {
  for (const text of ["a", "b".repeat(2000), "c"]) {
    sink.write(text) || (await once(sink, "drain"));
  }
  sink.write("d") ? undefined : await once(sink, "drain");
  assert.equal(sink.writableNeedDrain, false);
}

main();
