// Each looks again, and takes only what is there.
import assert from "node:assert";

const permits = new Int32Array(new SharedArrayBuffer(4));

async function down() {
  while (Atomics.load(permits, 0) === 0) await Atomics.waitAsync(permits, 0, 0).value;
  Atomics.sub(permits, 0, 1);
}

function up() {
  Atomics.add(permits, 0, 1);
  Atomics.notify(permits, 0);
}

const both = Promise.all([down(), down()]);
up();
setTimeout(up, 5);
await both;
assert.equal(Atomics.load(permits, 0), 0);
