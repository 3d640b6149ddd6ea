// `waitUntilFinished` listens first and then asks whether the job is done already: it misses nothing.
// Server: redis
import { setTimeout as storeOrder } from "node:timers/promises";
import { Queue, QueueEvents, Worker } from "bullmq";

const connection = { host: "127.0.0.1", port: Number(process.env["REDIS_PORT"]) };
const queue = new Queue("invoices", { connection });
const events = new QueueEvents("invoices", { connection });
await events.waitUntilReady();
const worker = new Worker("invoices", () => Promise.resolve("sent"), { connection });

const job = await queue.add("invoice", { order: 8 });
await storeOrder(300);
const result = (await job.waitUntilFinished(events)) as string;
if (result !== "sent") throw new Error(result);
await Promise.all([worker.close(), events.close(), queue.close()]);
