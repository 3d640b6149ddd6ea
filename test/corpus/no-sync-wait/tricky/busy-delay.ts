// It burns a few milliseconds on purpose, and ends by the clock alone.
import assert from "node:assert";

function burn(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let turns = 0;
  while (performance.now() < end) turns += 1;
  return turns;
}

let late = false;
setTimeout(() => {
  late = true;
}, 1);
assert.ok(burn(5) > 0);
assert.equal(late, false);
