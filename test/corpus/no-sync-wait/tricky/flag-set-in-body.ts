// A listener changes the flag, but it is called by what the loop itself calls.
import assert from "node:assert";
import { EventEmitter } from "node:events";

const machine = new EventEmitter();
let running = true;
machine.on("halt", () => {
  running = false;
});

let steps = 0;
while (running) {
  steps += 1;
  if (steps === 3) machine.emit("halt");
}
assert.equal(steps, 3);
