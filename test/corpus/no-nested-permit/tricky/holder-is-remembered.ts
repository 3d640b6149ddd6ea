// Who holds the mutex is remembered along its calls: inside, nobody takes it a second time.
import { AsyncLocalStorage } from "node:async_hooks";
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const holder = new AsyncLocalStorage<boolean>();
const values: number[] = [];

async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (holder.getStore() === true) return work();
  return mutex.runExclusive(() => holder.run(true, work));
}

async function add(value: number): Promise<void> {
  await exclusively(async () => {
    values.push(value);
  });
}

await exclusively(async () => {
  await add(1);
  await add(2);
});
if (values.join() !== "1,2") throw new Error(values.join());
