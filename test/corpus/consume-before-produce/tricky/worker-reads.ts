// The readable side is transferred to a worker, whose thread reads while this one writes.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const code = `
  const { parentPort } = require("node:worker_threads");
  parentPort.once("message", async (numbers) => {
    let sum = 0;
    for await (const number of numbers) sum += number;
    parentPort.postMessage(sum);
  });
`;
const worker = new Worker(code, { eval: true });
const summed = once(worker, "message");
const { readable, writable } = new TransformStream<number, number>();
worker.postMessage(readable, [readable]);

const writer = writable.getWriter();
for (let number = 1; number <= 10; number += 1) await writer.write(number);
await writer.close();

const [sum] = (await summed) as [number];
await worker.terminate();
if (sum !== 55) throw new Error(`${sum}`);
