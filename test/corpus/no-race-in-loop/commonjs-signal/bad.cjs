// The promise of SIGTERM lives as long as the process; each turn of the worker leaves a reaction and a result with it.
// Ends: exit 1
// Fails: most results are kept
const { setImmediate: turn } = require("node:timers/promises");
const { runInNewContext } = require("node:vm");
const { setFlagsFromString } = require("node:v8");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const results = [];
const terminated = new Promise((resolve) => process.once("SIGUSR2", () => resolve("stop")));

async function poll() {
  await turn();
  const result = { at: results.length };
  results.push(new WeakRef(result));
  return result;
}

async function main() {
  let turns = 0;
  while (turns < 200) {
    const winner = await Promise.race([poll(), terminated]); // starves
    if (winner === "stop") break;
    turns += 1;
  }
  await turn();
  collect();
  const kept = results.filter((one) => one.deref() !== undefined).length;
  if (kept > 20) throw new Error("200 turns, and most results are kept");
  process.kill(process.pid, "SIGUSR2");
}

main();
