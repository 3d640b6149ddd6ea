// The clock ends the loop after some turns, whether or not the child has exited.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

async function isReady(exited: Promise<string>): Promise<boolean> {
  const deadline = Date.now() + 60;
  while (Date.now() < deadline) {
    const end = await Promise.race([exited, sleep(10).then(() => undefined)]);
    if (end !== undefined) return false;
  }
  return true;
}

assert.equal(await isReady(new Promise(() => {})), true);
assert.equal(await isReady(Promise.resolve("exit 1")), false);
