// `orStopped` races each piece of work against the one promise `stopped`, which so keeps a reaction and a result of every turn.
// Ends: exit 1
// Fails: most of them are kept
import { setImmediate as turn } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const results = [];
const { promise: stopped, resolve: stop } = Promise.withResolvers();

async function work() {
  await turn();
  const result = { at: results.length };
  results.push(new WeakRef(result));
  return result;
}

async function orStopped(promise) {
  const winner = await Promise.race([promise, stopped]); // starves
  return winner;
}

let turns = 0;
while (turns < 200) {
  const result = await orStopped(work());
  if (result === undefined) break;
  turns += 1;
}
await turn();
collect();
const kept = results.filter((one) => one.deref() !== undefined).length;
stop();
if (kept > 20) throw new Error("200 results, and most of them are kept");
