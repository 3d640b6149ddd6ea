// Two sources are raced by `next()`; the item that the loser was asked for comes later, and nobody has it.
// Ends: exit 1
// Fails: of six items some were lost
import { setTimeout as sleep } from "node:timers/promises";

async function* every(ms: number, names: string[]): AsyncGenerator<string> {
  for (const name of names) {
    await sleep(ms);
    yield name;
  }
}

const left = every(5, ["a", "b", "c"]);
const right = every(7, ["x", "y", "z"]);
const seen: string[] = [];
while (true) {
  const { value, done } = await Promise.race([left.next(), right.next()]); // starves
  if (done) break;
  seen.push(value);
}
if (seen.length < 6) throw new Error("of six items some were lost");
