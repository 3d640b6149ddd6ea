// The bell stores that it has rung before it notifies, so that a late listener does not wait at all.
import assert from "node:assert";

class Bell {
  #word = new Int32Array(new SharedArrayBuffer(4));

  ring() {
    Atomics.store(this.#word, 0, 1);
    Atomics.notify(this.#word, 0);
  }

  async heard() {
    const { async, value } = Atomics.waitAsync(this.#word, 0, 0);
    if (async) await value;
    return true;
  }
}

const bell = new Bell();
bell.ring();
assert.ok(await bell.heard());
