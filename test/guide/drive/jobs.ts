import { setTimeout as sleep } from "node:timers/promises";
import { drive } from "tailrace";

const answers = drive([() => sleep(200, "slow"), () => sleep(1, "quick")]);

for await (const answer of answers) console.log(answer);
// prints quick
// prints slow

console.log((await answers).join(", ")); // prints slow, quick
