// XREAD BLOCK 0 waits for an entry of the stream, and the XADD that writes it waits behind it on the same connection.
// Server: redis
// Ends: hang
// cf. redis/ioredis#1484
// cf. redis/node-redis#2021
import { Redis } from "ioredis";

const client = new Redis(Number(process.env.REDIS_PORT));

async function follow() {
  const [[, entries]] = await client.xread("BLOCK", 0, "STREAMS", "permit:log", "$"); // starves
  return entries.length;
}

const following = follow();
await client.xadd("permit:log", "*", "text", "started"); // waits
if ((await following) !== 1) throw new Error("more");
client.disconnect();
