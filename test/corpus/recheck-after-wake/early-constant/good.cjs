// The shelf is looked at again after each event.
const assert = require("node:assert");
const { EventEmitter, once } = require("node:events");

const shelf = new EventEmitter();
const stock = new Map();

async function pick(name) {
  while (!stock.has(name)) {
    await once(shelf, "filled");
  }
  const item = stock.get(name);
  stock.delete(name);
  return item;
}

const picks = Promise.all([pick("apple"), pick("apple")]);
const fill = () => {
  stock.set("apple", "an apple");
  shelf.emit("filled");
};
fill();
setTimeout(fill, 5);
picks.then((items) => {
  assert.deepEqual(items, ["an apple", "an apple"]);
});
