// Each tick adds a task to a queue that runs one at a time, however many wait in it.
// Ends: exit 1
// Fails: tasks wait
// cf. node-cron/node-cron#23
import assert from "node:assert";
import { setInterval as every, clearInterval as end } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const scan = () => sleep(50);

const timer = every(() => { // starves
  queue.add(scan).catch(() => {});
}, 5);
await sleep(120);
end(timer);
assert.ok(queue.size <= 1, "tasks wait");
