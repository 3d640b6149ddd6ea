// One turn is deferred, not all of them: when the callback runs, it does its work, whatever is ready.
import assert from "node:assert";

class Batch {
  #items: number[] = [];
  #scheduled = false;
  readonly sums: number[] = [];

  add(item: number): void {
    this.#items.push(item);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    this.sums.push(this.#items.splice(0).reduce((sum, item) => sum + item, 0));
    if (this.sums.length === 1) this.add(7);
  }
}

const batch = new Batch();
batch.add(1);
batch.add(2);
setTimeout(() => {
  batch.add(9);
}, 1);
await new Promise((resolve) => setTimeout(resolve, 10));
assert.deepEqual(batch.sums, [3, 7, 9]);
