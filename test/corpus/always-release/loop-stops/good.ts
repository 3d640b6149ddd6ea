// Whether there is a job is asked before a permit is.
import { Semaphore } from "async-mutex";

const semaphore = new Semaphore(2);
const done: string[] = [];

async function work(jobs: string[]): Promise<void> {
  for (const job of jobs) {
    const [, release] = await semaphore.acquire();
    done.push(job);
    release();
  }
}

await work(["pump"]);
await work(["weir"]);
await work(["lock"]);
if (done.length !== 3) throw new Error(done.join());
