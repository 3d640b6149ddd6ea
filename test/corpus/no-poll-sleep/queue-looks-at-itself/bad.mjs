// The task waits until nothing is pending in its queue; the task itself is.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 2 });
const files = [];
queue.add(async () => files.push("a"));
await queue.add(async () => {
  while (queue.pending > 0) { // starves
    await sleep(5); // waits
  }
  files.push("index");
});
