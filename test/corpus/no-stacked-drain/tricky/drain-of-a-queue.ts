// An emitter of one's own that is called a queue: its "drain" means that all work is done, and always comes.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

class Queue extends EventEmitter {
  #left = 0;
  write(job: () => void): void {
    this.#left += 1;
    setTimeout(() => {
      job();
      this.#left -= 1;
      if (this.#left === 0) this.emit("drain");
    }, 1);
  }
}

const queue = new Queue();
let ran = 0;
for (let turn = 0; turn < 2; turn += 1) {
  queue.write(() => (ran += 1));
  await once(queue, "drain");
}
assert.equal(ran, 2);
