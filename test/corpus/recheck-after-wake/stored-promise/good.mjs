// Whoever goes on looks whether another has started a job meanwhile.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Indexer {
  running = undefined;
  active = 0;
  worst = 0;

  async run() {
    while (this.running) await this.running;
    this.running = this.work();
    await this.running;
  }

  async work() {
    this.active += 1;
    this.worst = Math.max(this.worst, this.active);
    await sleep(5);
    this.active -= 1;
    this.running = undefined;
  }
}

const indexer = new Indexer();
await Promise.all([indexer.run(), indexer.run(), indexer.run()]);
assert.equal(indexer.worst, 1);
