// The next chunk is made when the callback of the write before it is called.
const assert = require("node:assert");
const { Writable } = require("node:stream");

let written = 0;
const out = new Writable({
  write(chunk, _encoding, done) {
    written += chunk.length;
    setImmediate(done);
  },
});

async function main() {
  for (let part = 0; part < 100; part += 1) {
    await new Promise((resolve) => out.write(Buffer.alloc(1024, part), resolve));
  }
  assert.equal(written, 100 * 1024);
}

main();
