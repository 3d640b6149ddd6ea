// What the constant says is old when the event has come: both pickers go on, and one of them takes nothing.
// Ends: exit 1
// Fails: nobody leaves with empty hands
const assert = require("node:assert");
const { EventEmitter, once } = require("node:events");

const shelf = new EventEmitter();
const stock = new Map();

async function pick(name) {
  const missing = !stock.has(name);
  if (missing) { // starves
    await once(shelf, "filled");
  }
  const item = stock.get(name);
  stock.delete(name);
  return item;
}

const picks = Promise.all([pick("apple"), pick("apple")]);
stock.set("apple", "an apple");
shelf.emit("filled");
picks.then((items) => {
  assert.deepEqual(items, ["an apple", "an apple"], "nobody leaves with empty hands");
});
