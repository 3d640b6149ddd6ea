// Whoever wants to hear of the job listens before it is added.
// Server: redis
import { setTimeout as storeOrder } from "node:timers/promises";
import { Queue, QueueEvents, Worker } from "bullmq";

const connection = { host: "127.0.0.1", port: Number(process.env["REDIS_PORT"]) };
const queue = new Queue("receipts", { connection });
const events = new QueueEvents("receipts", { connection });
await events.waitUntilReady();
const worker = new Worker("receipts", () => Promise.resolve("sent"), { connection });

const completed = new Promise<{ returnvalue: string }>((resolve) => events.once("completed", resolve));
await queue.add("receipt", { order: 7 });
await storeOrder(300);
const { returnvalue } = await completed;
if (returnvalue !== "sent") throw new Error(returnvalue);
await Promise.all([worker.close(), events.close(), queue.close()]);
