// The chain asks again until the invoice is "paid"; it was declined.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";

const invoices = new Map([[4, { status: "open" }]]);
setTimeout(() => invoices.set(4, { status: "declined" }), 10);

const getStatus = (id) => Promise.resolve(invoices.get(id).status);

function paid(id) {
  return getStatus(id).then((status) => {
    if (status === "paid") return id;
    return sleep(5).then(() => paid(id)); // starves
  });
}

const invoice = paid(4);
await invoice; // waits
