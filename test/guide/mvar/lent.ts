import { setTimeout as sleep } from "node:timers/promises";
import { mvar, report } from "tailrace";

const account = mvar({ name: "account", value: 100 });

const lent = account.modify(async function transfer(before) {
  await sleep(20);
  return before - 30;
});
const taken = account.take();
await sleep(1);
console.log(report());
console.log(await lent, await taken);
// prints take on mvar "account" (lent to "transfer", 1 waiting) has waited 0.0 s for a value
// prints   held for 0.0 s by the call of "transfer", which has not ended
// prints 70 70
