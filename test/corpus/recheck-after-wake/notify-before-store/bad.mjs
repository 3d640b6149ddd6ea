// The gate is opened only after the notification: a waiter that comes to look in between goes to sleep, and nobody wakes it.
// Ends: exit 1
// Fails: the gate says that it is open
import assert from "node:assert";

class Gate {
  #state = new Int32Array(new SharedArrayBuffer(4));
  pass() {
    return Atomics.waitAsync(this.#state, 0, 0);
  }
  open() {
    Atomics.notify(this.#state, 0); // starves
    Atomics.store(this.#state, 0, 1);
  }
  check() {
    return Atomics.load(this.#state, 0);
  }
}

const gate = new Gate();
const waiting = gate.pass();
const seen = [];
const original = Atomics.notify;
Atomics.notify = (...given) => { seen.push(gate.check()); return original(...given); };
gate.open();
await waiting.value;
assert.deepEqual(seen, [1], "the gate says that it is open");
