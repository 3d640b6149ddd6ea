// The promise is made before the pause and awaited after it.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

class Job extends EventEmitter {
  run(): void {
    setTimeout(() => this.emit("done", 7), 5);
  }
}

const job = new Job();
const done = once(job, "done");
job.run();
await sleep(20);
const [result] = await done;
assert.equal(result, 7);
