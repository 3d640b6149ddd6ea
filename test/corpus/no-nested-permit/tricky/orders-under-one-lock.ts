// Both orders are only taken under a third lock, so that one has both before the other begins.
import { Mutex } from "async-mutex";

const all = new Mutex();
const left = new Mutex();
const right = new Mutex();
const steps: string[] = [];

const forth = (): Promise<void> =>
  all.runExclusive(() => left.runExclusive(() => right.runExclusive(() => void steps.push("forth"))));

const back = (): Promise<void> =>
  all.runExclusive(async () => {
    const release = await right.acquire();
    await left.runExclusive(() => void steps.push("back"));
    release();
  });

await Promise.all([forth(), back()]);

// One after the other, neither is held while the other order begins.
await left.runExclusive(() => right.runExclusive(() => void steps.push("first")));
await right.runExclusive(() => left.runExclusive(() => void steps.push("then")));
if (steps.join() !== "forth,back,first,then") throw new Error(steps.join());
