// Each holder waits for the promise of the one before, and leaves its own for the one after.
let last: Promise<void> = Promise.resolve();

async function acquire(): Promise<() => void> {
  const previous = last;
  let release = (): void => {};
  last = new Promise((resolve) => (release = resolve));
  await previous;
  return release;
}

const order: string[] = [];
const first = await acquire();
order.push("first");
first();
const second = await acquire();
order.push("second");
second();
if (order.join() !== "first,second") throw new Error(order.join());
