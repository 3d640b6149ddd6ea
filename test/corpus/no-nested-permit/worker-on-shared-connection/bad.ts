// The worker blocks the one connection until a job comes, and adding that job waits behind it.
// Server: redis
// Ends: hang
// cf. redis/ioredis#1136
import { Redis } from "ioredis";

const redis = new Redis(Number(process.env["REDIS_PORT"]));
const done: string[] = [];

async function work(): Promise<void> {
  while (done.length < 2) {
    const job = await redis.brpoplpush("permit:todo", "permit:doing", 0); // starves
    if (job !== null) done.push(job);
  }
}

export async function add(job: string): Promise<void> {
  await redis.lpush("permit:todo", job); // waits
}

const working = work();
await add("a");
await add("b");
await working;
redis.disconnect();
