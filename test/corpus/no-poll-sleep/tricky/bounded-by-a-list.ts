// The pauses are a list: when it is through, the function gives up.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const order = { status: "open" as "cancelled" | "open" | "shipped" };
setTimeout(() => (order.status = "cancelled"), 4);

async function shipped(pauses: readonly number[]): Promise<boolean> {
  for (const pause of pauses) {
    if (order.status === "shipped") return true;
    await sleep(pause);
  }
  return false;
}

assert.equal(await shipped([1, 2, 4]), false);
