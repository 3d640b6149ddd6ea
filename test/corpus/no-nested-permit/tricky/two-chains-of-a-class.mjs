// Reads and writes have a chain each: a read that waits for a write waits for nobody who waits for it.
import assert from "node:assert/strict";

class Journal {
  #lines = [];
  #reads = Promise.resolve();
  #writes = Promise.resolve();

  read(use) {
    const run = this.#reads.then(() => use(this.#lines));
    this.#reads = run.catch(() => undefined);
    return run;
  }

  write(make) {
    const run = this.#writes.then(make).then((line) => this.#lines.push(line));
    this.#writes = run.catch(() => undefined);
    return run;
  }
}

const journal = new Journal();
const count = await journal.read(async (lines) => {
  await journal.write(async () => "read");
  return lines.length;
});
assert.equal(count, 1);
