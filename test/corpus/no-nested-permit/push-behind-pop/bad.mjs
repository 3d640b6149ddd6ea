// The connection waits for a job, and what would bring that job is sent over the same connection, behind the wait.
// Server: redis
// Ends: hang
// cf. redis/ioredis#864
import { Redis } from "ioredis";

const redis = new Redis(Number(process.env.REDIS_PORT));

const next = redis.blpop("permit:jobs", 0); // starves
await redis.rpush("permit:jobs", "resize"); // waits
const [, job] = await next;
if (job !== "resize") throw new Error(job);
redis.disconnect();
