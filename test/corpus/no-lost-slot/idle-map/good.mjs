// Only what is used is taken out.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const idle = new Map(["a", "b"].map((name) => [name, { name, draining: true }]));
setTimeout(() => release("b", idle.get("b")), 5);

export function release(name, shard) {
  shard.draining = false;
  idle.set(name, shard);
}


async function acquire() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    for (const [name, shard] of idle) {
      if (shard.draining) continue;
      idle.delete(name);
      return shard;
    }
    await sleep(10);
  }
  throw new Error("starved");
}

assert.equal((await acquire()).name, "b");
