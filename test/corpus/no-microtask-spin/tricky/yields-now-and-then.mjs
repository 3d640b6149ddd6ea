// Only every hundredth turn waits for the event loop, which is enough.
import assert from "node:assert";
import { setImmediate as turn } from "node:timers/promises";

let stopped = false;
setTimeout(() => {
  stopped = true;
}, 5);
let rounds = 0;
while (!stopped) {
  rounds += 1;
  if (rounds % 100 === 0) await turn();
  else await null;
}
assert.ok(rounds > 100);
