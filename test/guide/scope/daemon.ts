import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";

const total = await scope(async (s) => {
  s.spawn(
    async ({ signal }) => {
      for (;;) await sleep(10, undefined, { signal });
    },
    { name: "heartbeat", daemon: true },
  );
  const parts = [1, 2, 3].map((part) => s.spawn(() => sleep(5, part)));
  return (await Promise.all(parts)).reduce((a, b) => a + b, 0);
});

console.log(total); // prints 6
