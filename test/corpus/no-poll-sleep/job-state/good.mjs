// The loop ends with each state in which nothing changes any more, and says which.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const scan = { id: 7, status: "queued" };
setTimeout(() => (scan.status = "running"), 5);
setTimeout(() => (scan.status = "failed"), 15);

const api = { getScan: async () => ({ ...scan }) };

async function waitForScan() {
  let current = await api.getScan(scan.id);
  while (current.status !== "done") {
    if (current.status === "failed") throw new Error(`scan ${current.id} failed`);
    await sleep(10);
    current = await api.getScan(scan.id);
  }
  return current;
}

await assert.rejects(waitForScan(), /scan 7 failed/);
