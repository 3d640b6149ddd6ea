// The loop has three turns at most.
import { setTimeout as sleep } from "node:timers/promises";

const answer = sleep(15).then(() => "answer");
let result: string | undefined;
for (let attempt = 0; attempt < 3 && result === undefined; attempt += 1) {
  result = await Promise.race([answer, sleep(10).then(() => undefined)]);
}
if (result !== "answer") throw new Error(String(result));
