import { setTimeout as sleep } from "node:timers/promises";
import { mvar, scope } from "tailrace";

const balance = mvar({ name: "balance", value: 100 });

await scope((s) => {
  for (const amount of [20, -50, 5]) {
    s.spawn(() =>
      balance.modify(async (before) => {
        await sleep(1); // nobody else has it meanwhile
        return before + amount;
      }),
    );
  }
});
console.log(await balance.read());
// prints 75
