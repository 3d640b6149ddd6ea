import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";

try {
  await scope(async (s) => {
    const slow = s.spawn(({ signal }) => sleep(60_000, "never seen", { signal }), { name: "slow" });
    s.spawn(async () => {
      await sleep(10);
      throw new Error("no such host");
    });
    console.log(await slow);
  });
} catch (error) {
  console.log(String(error)); // prints Error: no such host
}
