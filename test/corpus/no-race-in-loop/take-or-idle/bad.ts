// When the pause wins, the `take` that lost still gets the next job, which nobody then has; the last job is waited for in vain.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";

class Jobs {
  readonly #takers: ((job: string) => void)[] = [];
  put(job: string): void {
    this.#takers.shift()?.(job);
  }
  take(): Promise<string> {
    return new Promise((resolve) => this.#takers.push(resolve));
  }
}

const jobs = new Jobs();
setTimeout(() => jobs.put("only"), 150);

let done = 0;
let idle = 0;
while (done < 1) {
  const job = await Promise.race([jobs.take(), sleep(25)]); // starves
  if (job === undefined) {
    idle += 1;
    continue;
  }
  done += 1;
}
if (idle === 0) throw new Error("never idle");
