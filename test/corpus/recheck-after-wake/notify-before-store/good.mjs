// The gate is open before anybody is told.
import assert from "node:assert";

class Gate {
  #state = new Int32Array(new SharedArrayBuffer(4));
  pass() {
    return Atomics.waitAsync(this.#state, 0, 0);
  }
  open() {
    Atomics.store(this.#state, 0, 1);
    Atomics.notify(this.#state, 0);
  }
}

const gate = new Gate();
const waiting = gate.pass();
gate.open();
assert.equal(await waiting.value, "ok");
assert.equal(gate.pass().async, false);
