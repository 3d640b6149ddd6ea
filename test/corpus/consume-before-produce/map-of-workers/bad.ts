// A lane and a worker for each tenant, in two maps; the workers are generators, and only the lanes are in use yet.
// Ends: exit 13
import { channel } from "tailrace";
import type { Channel } from "tailrace";

async function* work(jobs: Channel<number>): AsyncGenerator<number> {
  for await (const job of jobs) yield job * 2;
}

const lanes = new Map<string, Channel<number>>();
const workers = new Map<string, AsyncGenerator<number>>();
for (const tenant of ["acme", "umbrella"]) {
  const lane = channel<number>({ name: tenant, capacity: 2 });
  lanes.set(tenant, lane);
  workers.set(tenant, work(lane));
}

for (let job = 0; job < 10; job += 1) await lanes.get(job % 2 === 0 ? "acme" : "umbrella")?.send(job); // starves
for (const lane of lanes.values()) lane.close();

const sums = await Promise.all(
  [...workers.values()].map(async (results) => {
    let sum = 0;
    for await (const result of results) sum += result;
    return sum;
  }),
);
if (sums.join() !== "40,50") throw new Error(sums.join());
