// All who wait for the running job wait for the same promise; when it settles, each of them starts a job of its own.
// Ends: exit 1
// Fails: one job at a time
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Indexer {
  running = undefined;
  active = 0;
  worst = 0;

  async run() {
    if (this.running) await this.running; // starves
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
assert.equal(indexer.worst, 1, "one job at a time");
