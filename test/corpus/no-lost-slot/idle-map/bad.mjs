// A shard that is draining is taken out of the map of idle ones and never comes back to it.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";

const idle = new Map(["a", "b"].map((name) => [name, { name, draining: true }]));

export function release(name, shard) {
  shard.draining = false;
  idle.set(name, shard);
}

async function acquire() {
  while (true) {
    for (const [name, shard] of idle) {
      idle.delete(name);
      if (shard.draining) continue; // starves
      return shard;
    }
    await sleep(10);
  }
}

await acquire(); // waits
