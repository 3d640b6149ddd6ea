// Who waits has a connection of its own.
// Server: redis
import { Redis } from "ioredis";

const redis = new Redis(Number(process.env.REDIS_PORT));
const waiting = redis.duplicate();

const next = waiting.blpop("permit:jobs-good", 0);
await redis.rpush("permit:jobs-good", "resize");
const [, job] = await next;
if (job !== "resize") throw new Error(job);
redis.disconnect();
waiting.disconnect();
