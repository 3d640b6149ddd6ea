// One initializes, the others wait for that: the state goes on and is never free again, so there is nothing to take.
import assert from "node:assert";

const [NEW, RUNNING, DONE] = [0, 1, 2];
const state = new Int32Array(new SharedArrayBuffer(4));
let runs = 0;
async function initialize() {
  if (Atomics.compareExchange(state, 0, NEW, RUNNING) === NEW) {
    runs += 1;
    await null;
    Atomics.store(state, 0, DONE);
    Atomics.notify(state, 0);
  } else if (Atomics.load(state, 0) === RUNNING) await Atomics.waitAsync(state, 0, RUNNING).value;
  return runs;
}
assert.deepEqual(await Promise.all([initialize(), initialize(), initialize()]), [1, 1, 1]);
