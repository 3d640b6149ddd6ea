import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";

const outer = scope(async (s) => {
  s.spawn(async (task) => {
    await scope(
      (inner) => {
        inner.spawn(({ signal }) => sleep(60_000, undefined, { signal }));
      },
      { signal: task.signal },
    );
  });
  await sleep(10);
  throw new Error("no such host");
});

await outer.catch((error: unknown) => {
  console.log(String(error)); // prints Error: no such host
});
