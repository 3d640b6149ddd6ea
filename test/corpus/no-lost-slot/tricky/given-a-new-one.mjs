// The place of the broken one is taken by another, which is not counted again.
import assert from "node:assert";

const idle = [];
const waiting = [];
let count = 0;

const create = async () => ({ broken: false });

async function acquire() {
  const item = idle.pop();
  if (item) {
    if (item.broken) return create();
    return item;
  }
  return count < 1 ? grow() : new Promise((resolve) => waiting.push(resolve));
}

function grow() {
  count += 1;
  return create();
}

function release(item) {
  if (waiting.length > 0) waiting.shift()(item);
  else idle.push(item);
}

const item = await acquire();
item.broken = true;
release(item);
assert.equal((await acquire()).broken, false);
