// Between two turns the event loop comes around.
import assert from "node:assert";
import { setImmediate as turn } from "node:timers/promises";

const inbox = [1, 2];
let handled = 0;

async function serve() {
  for (;;) {
    const task = inbox.pop();
    if (task) handled += task;
    await turn();
  }
}

setTimeout(() => {
  assert.equal(handled, 3);
  process.exit();
}, 20);
void serve();
