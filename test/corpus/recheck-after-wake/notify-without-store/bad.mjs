// The notification changes nothing: who begins to wait after it finds the old value and sleeps for ever.
// Ends: exit 13
class Bell {
  #word = new Int32Array(new SharedArrayBuffer(4));

  ring() {
    Atomics.notify(this.#word, 0); // starves
  }

  async heard() {
    const { async, value } = Atomics.waitAsync(this.#word, 0, 0);
    if (async) await value;
  }
}

const bell = new Bell();
bell.ring();
await bell.heard(); // waits
