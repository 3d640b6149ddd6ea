// The job is done while the order is stored, so its "completed" has been emitted when somebody begins to listen.
// Server: redis
// Ends: hang
// cf. taskforcesh/bullmq#161
import { setTimeout as storeOrder } from "node:timers/promises";
import { Queue, QueueEvents, Worker } from "bullmq";

const connection = { host: "127.0.0.1", port: Number(process.env["REDIS_PORT"]) };
const queue = new Queue("receipts-late", { connection });
const events = new QueueEvents("receipts-late", { connection });
await events.waitUntilReady();
const worker = new Worker("receipts-late", () => Promise.resolve("sent"), { connection });

await queue.add("receipt", { order: 7 });
await storeOrder(300);
await new Promise((resolve) => events.once("completed", resolve)); // starves
await Promise.all([worker.close(), events.close(), queue.close()]);
