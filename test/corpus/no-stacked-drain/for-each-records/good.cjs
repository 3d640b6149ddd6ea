// A function that goes on by itself from "drain": it writes until it is refused, listens once and returns.
const assert = require("node:assert");
const { Writable } = require("node:stream");

const records = Array.from({ length: 50 }, (_, id) => ({ id, text: "t".repeat(1024) }));
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
function writeSome() {
  while (records.length > 0) {
    const more = sink.write(JSON.stringify(records.shift()));
    if (!more) {
      sink.once("drain", writeSome);
      most = Math.max(most, sink.listenerCount("drain"));
      return;
    }
  }
  sink.end(() => assert.ok(most <= 1, `${most} listeners`));
}
writeSome();
