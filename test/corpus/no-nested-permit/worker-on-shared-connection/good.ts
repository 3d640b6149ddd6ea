// The worker has a connection of its own.
// Server: redis
import { Redis } from "ioredis";

const redis = new Redis(Number(process.env["REDIS_PORT"]));
const blocking = redis.duplicate();
const done: string[] = [];

async function work(): Promise<void> {
  while (done.length < 2) {
    const job = await blocking.brpoplpush("permit:todo-good", "permit:doing-good", 0);
    if (job !== null) done.push(job);
  }
}

export async function add(job: string): Promise<void> {
  await redis.lpush("permit:todo-good", job);
}

const working = work();
await add("a");
await add("b");
await working;
redis.disconnect();
blocking.disconnect();
if (done.join() !== "a,b") throw new Error(done.join());
