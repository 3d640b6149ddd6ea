import { fanOut } from "tailrace";

const never = new Promise<never>(() => undefined);

async function archive(readings: AsyncIterable<number>): Promise<number> {
  let count = 0;
  for await (const _ of readings) count += 1;
  return count;
}

async function stuck(readings: AsyncIterable<number>): Promise<void> {
  for await (const _ of readings) await never;
}

const readings = Array.from({ length: 1000 }, (_, second) => second);
const running = fanOut(readings, {
  archive,
  dashboard: { run: stuck, slow: { evictAfter: 50 }, capacity: 8 },
});
const { archive: archived } = await running;

console.log(archived); // prints 1000
for (const { name, status, delivered } of running.sinks) console.log(`${name}: ${status}, took ${delivered}`);
// prints archive: succeeded, took 1000
// prints dashboard: evicted, took 1
