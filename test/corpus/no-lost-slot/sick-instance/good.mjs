// A sick instance is recycled: it comes back to the list of those that are ready.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const ready = [
  { id: 1, sick: true },
  { id: 2, sick: true },
];

export async function recycle(instance) {
  await sleep(5);
  ready.push({ id: instance.id, sick: false });
}

async function acquire() {
  for (let attempts = 0; attempts < 50; attempts += 1) {
    const instance = ready.pop();
    if (instance) {
      if (!instance.sick) return instance;
      recycle(instance);
    } else await sleep(10);
  }
  throw new Error("starved");
}

assert.equal((await acquire()).sick, false);
