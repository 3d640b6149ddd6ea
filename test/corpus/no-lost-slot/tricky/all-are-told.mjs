// Not a pool: all who wait get the same answer, and one who has gone takes nothing from the others.
import assert from "node:assert";

const listeners = [];
let version = 0;

function changed(ms) {
  return new Promise((resolve, reject) => {
    const listener = { gone: false, resolve };
    listeners.push(listener);
    setTimeout(() => {
      listener.gone = true;
      reject(new Error("late"));
    }, ms);
  });
}

function publish() {
  version += 1;
  while (listeners.length > 0) {
    const listener = listeners.shift();
    if (listener.gone) continue;
    listener.resolve(version);
  }
}

const late = changed(1);
await assert.rejects(late, /late/);
const seen = changed(100);
publish();
assert.equal(await seen, 1);
