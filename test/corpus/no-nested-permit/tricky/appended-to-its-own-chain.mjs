// A job adds another one and does not wait for it; whoever flushes waits for both.
import assert from "node:assert/strict";

class Spooler {
  #last = Promise.resolve();

  add(job) {
    const run = this.#last.then(job);
    this.#last = run.catch(() => undefined);
    return run;
  }

  flush() {
    return this.#last;
  }
}

const spooler = new Spooler();
const done = [];
await spooler.add(async () => {
  void spooler.add(async () => done.push("second"));
  done.push("first");
});
await spooler.flush();
assert.deepEqual(done, ["first", "second"]);
