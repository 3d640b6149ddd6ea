// Two sick instances are taken out one after the other and forgotten; nothing is ready any more, and nothing will be.
// Ends: hang
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
  for (;;) {
    const instance = ready.pop();
    if (instance) {
      if (!instance.sick) return instance; // starves
    } else await sleep(10);
  }
}

await acquire(); // waits
