// The loop waits for one state of the job; the job comes to another one from which it never gets there.
// Ends: hang
// cf. NeuraLegion/bright-cli#19
import { setTimeout as sleep } from "node:timers/promises";

const scan = { id: 7, status: "queued" };
setTimeout(() => (scan.status = "running"), 5);
setTimeout(() => (scan.status = "failed"), 15);

const api = { getScan: async () => ({ ...scan }) };

async function waitForScan() {
  let current = await api.getScan(scan.id);
  while (current.status !== "done") { // starves
    await sleep(10); // waits
    current = await api.getScan(scan.id);
  }
  return current;
}

await waitForScan();
