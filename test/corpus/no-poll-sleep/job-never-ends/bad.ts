// One job never ends, so that it is pending for ever, and the loop looks at the count for ever.
// Ends: hang
import PQueue from "p-queue";
import { setTimeout as sleep } from "node:timers/promises";

const queue = new PQueue({ concurrency: 2 });
const answers: string[] = [];
for (const host of ["inlet", "silent", "outlet"]) {
  void queue.add(async () => {
    if (host === "silent") await new Promise(() => {});
    answers.push(host);
  });
}

while (queue.pending > 0) await sleep(5); // starves
if (answers.length !== 2) throw new Error(answers.join());
