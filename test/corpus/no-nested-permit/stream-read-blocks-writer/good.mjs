// Who follows the stream has a connection for that alone.
// Server: redis
import { Redis } from "ioredis";

const client = new Redis(Number(process.env.REDIS_PORT));
const follower = client.duplicate();

async function follow() {
  const [[, entries]] = await follower.xread("BLOCK", 0, "STREAMS", "permit:log-good", "0");
  return entries.length;
}

const following = follow();
await client.xadd("permit:log-good", "*", "text", "started");
if ((await following) !== 1) throw new Error("more");
await client.del("permit:log-good");
client.disconnect();
follower.disconnect();
