// A flag is looked at in each turn; nothing is asked of a promise that stays.
import { setImmediate as turn } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const results = [];
const stopped = new AbortController();

async function work() {
  await turn();
  const result = { at: results.length };
  results.push(new WeakRef(result));
  return result;
}

let turns = 0;
while (turns < 200 && !stopped.signal.aborted) {
  await work();
  turns += 1;
}
await turn();
collect();
const kept = results.filter((one) => one.deref() !== undefined).length;
if (kept > 20) throw new Error(`${kept} of 200 results are kept`);
