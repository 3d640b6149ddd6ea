// The helper takes the lock for each part, and nobody holds it around that.
const AsyncLock = require("async-lock");

const locks = new AsyncLock();
const stock = new Map([["bolts", 5]]);

function take(item, amount) {
  return locks.acquire(item, async () => {
    stock.set(item, stock.get(item) - amount);
  });
}

async function pack(item, amounts) {
  for (const amount of amounts) await take(item, amount);
}

async function main() {
  await take("bolts", 1);
  await pack("bolts", [1, 2]);
  if (stock.get("bolts") !== 1) throw new Error(String(stock.get("bolts")));
}

main();
