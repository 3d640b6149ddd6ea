// What is held only while a function runs comes back by itself, also when the function throws.
import { Mutex, Semaphore } from "async-mutex";
import { createPool } from "generic-pool";

const mutex = new Mutex();
const semaphore = new Semaphore(1);
const pool = createPool({ create: async () => ({ level: 4.2 }), destroy: async () => {} }, { max: 1 });

async function measure(valid) {
  await mutex.runExclusive(() => {
    if (!valid) throw new Error("not valid");
  });
  return semaphore.runExclusive(() => pool.use(async ({ level }) => level));
}

await measure(false).catch(() => undefined);
await measure(true);
if ((await measure(true)) !== 4.2) throw new Error("no level");
