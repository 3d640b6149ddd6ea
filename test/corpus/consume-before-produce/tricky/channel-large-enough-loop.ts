// The capacity is the length of the list that is sent.
import { channel } from "tailrace";

const shards = ["s0", "s1", "s2", "s3"];
const queue = channel<string>({ capacity: shards.length });
for (const shard of shards) await queue.send(shard);
queue.close();

const received: string[] = [];
for await (const shard of queue) received.push(shard);
if (received.join() !== shards.join()) throw new Error(received.join());
