// Every record of a list is written at once: a second copy of the list, as text, stands in the sink.
// Ends: exit 1
// Fails: buffered
const assert = require("node:assert");
const { Writable } = require("node:stream");

const records = Array.from({ length: 100 }, (_, id) => ({ id, text: "t".repeat(8 * 1024) }));
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
records.forEach((record) => {
  sink.write(JSON.stringify(record)); // starves
});
sink.end();
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
