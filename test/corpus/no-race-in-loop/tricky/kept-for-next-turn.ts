// The promise that lost is raced again in the next turn: nothing is dropped.
import { setTimeout as sleep } from "node:timers/promises";

async function* slow(): AsyncGenerator<number> {
  for (let count = 0; count < 3; count += 1) {
    await sleep(30);
    yield count;
  }
}

const source = slow();
let pending: Promise<IteratorResult<number>> | undefined;
let sum = 0;
while (true) {
  pending ??= source.next();
  const next = await Promise.race([pending, sleep(10)]);
  if (next === undefined) continue;
  pending = undefined;
  if (next.done) break;
  sum += next.value;
}
if (sum !== 3) throw new Error(String(sum));
