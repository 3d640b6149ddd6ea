import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "tailrace";
import { Instance } from "./instance.ts";
import { SIZE } from "./load.ts";
import type { Load } from "./load.ts";

/** A pool of processes, some of which is killed all the time. */
export function processes(): Load {
  const workers = pool<Instance>({
    name: "processes",
    max: SIZE,
    spawn: ({ signal, lost }) => Instance.start(signal, lost),
    terminate: (instance) => instance.end(),
    retryDelay: 10,
    retryCap: 200,
  });
  return {
    pool: workers,
    ask: () => workers.use((instance, { signal }) => instance.ask(signal)),
    async kill() {
      await sleep(Math.random() * 200);
      const alive = [...Instance.alive];
      alive[Math.floor(Math.random() * alive.length)]?.kill();
    },
    left: () => Instance.alive.size,
    [Symbol.asyncDispose]: () => workers.close(),
  };
}
