// The promise resolves on "drain", which never comes after a chunk that the buffer had room for.
// Ends: exit 0 early
const { Writable } = require("node:stream");

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
async function main() {
  sink.write("header\n");
  await new Promise((resolve) => sink.once("drain", resolve)); // starves
  console.log("written");
}

main();
