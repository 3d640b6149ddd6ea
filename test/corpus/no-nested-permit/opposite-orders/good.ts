// Both take the checking account first.
import { Mutex } from "async-mutex";
import { setImmediate } from "node:timers/promises";

const checking = new Mutex();
const savings = new Mutex();
const balance = { checking: 10, savings: 10 };

const save = (amount: number): Promise<void> =>
  checking.runExclusive(async () => {
    balance.checking -= amount;
    await setImmediate();
    await savings.runExclusive(() => {
      balance.savings += amount;
    });
  });

async function spend(amount: number): Promise<void> {
  const release = await checking.acquire();
  try {
    await setImmediate();
    await savings.runExclusive(() => {
      balance.savings -= amount;
    });
    balance.checking += amount;
  } finally {
    release();
  }
}

await Promise.all([save(1), spend(2)]);
if (balance.checking !== 11 || balance.savings !== 9) throw new Error(JSON.stringify(balance));
