// A deadline for all of it: its signal ends the sleep, and so the chain.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const invoices = new Map([[4, { status: "open" }]]);
globalThis.setTimeout(() => invoices.set(4, { status: "declined" }), 10);

const getStatus = (id) => Promise.resolve(invoices.get(id).status);

function paid(id, signal) {
  return getStatus(id).then((status) => {
    if (status === "paid") return id;
    return sleep(5, undefined, { signal }).then(() => paid(id, signal));
  });
}

await assert.rejects(paid(4, AbortSignal.timeout(50)), { name: "AbortError" });
