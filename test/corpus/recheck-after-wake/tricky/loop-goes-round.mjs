// After the wait the loop begins again, and with it the test.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const bell = new EventEmitter();
const orders = [];
async function serve() {
  for (;;) {
    if (orders.length === 0) {
      await once(bell, "order");
      continue;
    }
    return orders.shift();
  }
}

const both = Promise.all([serve(), serve()]);
orders.push("tea");
bell.emit("order");
setTimeout(() => {
  orders.push("milk");
  bell.emit("order");
}, 5);
assert.deepEqual(await both, ["tea", "milk"]);
