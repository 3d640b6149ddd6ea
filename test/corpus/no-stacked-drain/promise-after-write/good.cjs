// The callback of the write tells that it is done, whatever its size.
const { Writable } = require("node:stream");

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
async function main() {
  await new Promise((resolve, reject) => {
    sink.write("header\n", (error) => (error ? reject(error) : resolve()));
  });
  console.log("written");
}

main();
