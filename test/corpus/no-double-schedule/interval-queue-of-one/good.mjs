// A tick adds a task only where none waits.
import assert from "node:assert";
import { setInterval as every, clearInterval as end } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const scan = () => sleep(50);

const timer = every(() => {
  if (queue.size === 0) queue.add(scan).catch(() => {});
}, 5);
await sleep(120);
end(timer);
assert.ok(queue.size <= 1);
