// The set holds what runs, and what has run leaves it.
import { setTimeout as sleep } from "node:timers/promises";

const running = new Set<Promise<void>>();
let done = 0;
for (let job = 0; job < 20; job += 1) {
  const run = sleep(1).then(() => {
    done += 1;
    running.delete(run);
  });
  running.add(run);
  while (running.size >= 4) await Promise.race(running);
}
await Promise.all(running);
if (done !== 20) throw new Error(String(done));
