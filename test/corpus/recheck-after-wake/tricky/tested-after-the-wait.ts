// The condition is tested once more after the wake-up, with an answer of its own.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const freed = new EventEmitter();
let seats = 0;
async function sit(): Promise<boolean> {
  if (seats === 0) await once(freed, "seat");
  if (seats === 0) return false;
  seats -= 1;
  return true;
}

const both = Promise.all([sit(), sit()]);
seats += 1;
freed.emit("seat");
assert.deepEqual(await both, [true, false]);
