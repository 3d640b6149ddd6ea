// `forEach` cannot wait: each record that is refused adds a listener.
// Ends: exit 1
// Fails: listeners
const assert = require("node:assert");
const { Writable } = require("node:stream");

process.on("warning", () => {});
const records = Array.from({ length: 50 }, (_, id) => ({ id, text: "t".repeat(1024) }));
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const onDrain = () => {};
records.forEach((record) => {
  if (!sink.write(JSON.stringify(record))) {
    sink.once("drain", onDrain); // starves
  }
});
const added = sink.listenerCount("drain");
sink.end();
assert.ok(added <= 1, `${added} listeners wait for one drain`);
