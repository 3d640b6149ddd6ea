// The `take` that lost is kept, and asked again in the next turn.
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
let taking: Promise<string> | undefined;
while (done < 1) {
  taking ??= jobs.take();
  const job = await Promise.race([taking, sleep(25)]);
  if (job === undefined) {
    idle += 1;
    continue;
  }
  taking = undefined;
  done += 1;
}
if (idle === 0) throw new Error("never idle");
