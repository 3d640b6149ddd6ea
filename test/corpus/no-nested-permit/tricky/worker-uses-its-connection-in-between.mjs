// The worker uses its connection between its waits and never during one; others have a connection of their own.
// Server: redis
import { Redis } from "ioredis";

const connection = new Redis(Number(process.env.REDIS_PORT));
const jobs = connection.duplicate();

async function finish(name) {
  await jobs.hset("permit:done", name, "1");
}

async function work(count) {
  await jobs.del("permit:done");
  for (let done = 0; done < count; done += 1) {
    const [, name] = await jobs.blpop("permit:between", 0);
    await finish(name);
  }
  return jobs.hlen("permit:done");
}

const working = work(2);
await connection.rpush("permit:between", "a", "b");
const size = await working;
await connection.del("permit:done");
jobs.disconnect();
connection.disconnect();
if (size !== 2) throw new Error(String(size));
