// The lock of a key is held while a helper asks for the lock of the same key, which it was given.
// Ends: exit 0 early
// cf. ndycode/codex-multi-auth#505
const AsyncLock = require("async-lock");

const locks = new AsyncLock();
const stock = new Map([["bolts", 5]]);

function take(item, amount) {
  return locks.acquire(item, async () => {
    stock.set(item, stock.get(item) - amount);
  });
}

async function pack(item, amounts) {
  await locks.acquire(item, async () => {
    for (const amount of amounts) await take(item, amount); // starves
  });
}

async function main() {
  await take("bolts", 1);
  await pack("bolts", [1, 2]); // waits
  if (stock.get("bolts") !== 1) throw new Error(String(stock.get("bolts")));
}

main();
