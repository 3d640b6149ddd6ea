// One permit wakes both; the second makes the count negative, since it does not look again.
// Ends: exit 1
// Fails: the count of permits
import assert from "node:assert";

const permits = new Int32Array(new SharedArrayBuffer(4));

async function down() {
  if (Atomics.load(permits, 0) === 0) await Atomics.waitAsync(permits, 0, 0).value; // starves
  Atomics.sub(permits, 0, 1);
}

function up() {
  Atomics.add(permits, 0, 1);
  Atomics.notify(permits, 0);
}

const both = Promise.all([down(), down()]);
up();
await both;
assert.equal(Atomics.load(permits, 0), 0, "the count of permits");
