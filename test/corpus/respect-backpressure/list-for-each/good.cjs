// Each record becomes text only when the sink has room for it.
const assert = require("node:assert");
const { Readable, Writable } = require("node:stream");
const { pipeline } = require("node:stream/promises");

const records = Array.from({ length: 100 }, (_, id) => ({ id, text: "t".repeat(8 * 1024) }));
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
const texts = Readable.from(records).map((record) => {
  most = Math.max(most, sink.writableLength);
  return JSON.stringify(record);
});
pipeline(texts, sink).then(() => assert.ok(most <= 32 * 1024, `buffered ${most} bytes`));
