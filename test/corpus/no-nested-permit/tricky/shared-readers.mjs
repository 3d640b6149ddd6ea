// Readers share the lock: who reads may call what reads. And who takes it only if it is free does not wait.
const prices = new Map([["bolt", 2]]);

const price = (item) => navigator.locks.request("prices", { mode: "shared" }, () => prices.get(item));

const total = await navigator.locks.request("prices", { mode: "shared" }, async () => {
  const each = await price("bolt");
  const extra = await navigator.locks.request("prices", { ifAvailable: true }, (lock) => (lock ? 1 : 0));
  return each * 3 + extra;
});
if (total !== 6) throw new Error(String(total));
