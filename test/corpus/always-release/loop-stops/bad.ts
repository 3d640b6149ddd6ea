// The worker stops where the list is empty, and leaves the loop with the weight of a permit in its hand.
// Ends: exit 13
import { Semaphore } from "async-mutex";

const semaphore = new Semaphore(2);
const done: string[] = [];

async function work(jobs: string[]): Promise<void> {
  for (;;) {
    const [, release] = await semaphore.acquire(); // starves
    const job = jobs.shift();
    if (job === undefined) break;
    done.push(job);
    release();
  }
}

await work(["pump"]);
await work(["weir"]);
await work(["lock"]);
