// The queue runs as many at once as there are: no run waits for another.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";

const queue = new PQueue();
const timer = setInterval(() => {
  void queue.add(() => sleep(20));
}, 5);
await sleep(40);
clearInterval(timer);
assert.equal(queue.size, 0);
await queue.onIdle();
