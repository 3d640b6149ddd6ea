// One transfer holds the first account and waits for the second, the other one holds the second and waits for the first.
// Ends: exit 13
import { Mutex } from "async-mutex";
import { setImmediate } from "node:timers/promises";

const checking = new Mutex();
const savings = new Mutex();
const balance = { checking: 10, savings: 10 };

const save = (amount: number): Promise<void> =>
  checking.runExclusive(async () => {
    balance.checking -= amount;
    await setImmediate();
    await savings.runExclusive(() => { // starves
      balance.savings += amount;
    });
  });

async function spend(amount: number): Promise<void> {
  const release = await savings.acquire();
  balance.savings -= amount;
  await setImmediate();
  const releaseChecking = await checking.acquire(); // starves
  balance.checking += amount;
  releaseChecking();
  release();
}

await Promise.all([save(1), spend(2)]); // waits
