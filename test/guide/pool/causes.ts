import { pool, TimeoutError } from "tailrace";

let attempts = 0;
const flaky = pool({
  name: "flaky",
  max: 1,
  spawn() {
    throw new Error(`connection refused (${(++attempts).toString()})`);
  },
});
const silent = pool({ name: "silent", max: 1, spawn: () => new Promise<never>(() => undefined) });

for (const one of [flaky, silent]) {
  await one.ready({ timeout: 50 }).catch((error: unknown) => {
    if (error instanceof TimeoutError) console.log(`${error.message}\n  because of: ${String(error.cause)}`);
  });
  await one.close({ grace: 0 });
}
// prints ready on pool "flaky" (1 slot: 1 quarantined) waited 50 ms for its first instances; spawn has failed once, at last with: connection refused (1); the next try is in 350 ms
// prints   because of: Error: connection refused (1)
// prints ready on pool "silent" (1 slot: 1 spawning) waited 50 ms for its first instances; spawn of slot 1 was started 50 ms ago and has not returned
// prints   because of: undefined
