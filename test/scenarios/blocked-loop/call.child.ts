// A synchronous call of a worker. Broken: the answer is an event of the thread that stands still until it comes.
import { once } from "node:events";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { watchLoop } from "tailrace/watch";

watchLoop({ blockedAfter: 500 });

const answered = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
const worker = new Worker(new URL("answer.worker.ts", import.meta.url), {
  workerData: { answered, port: port2 },
  transferList: [port2],
});
await once(worker, "message");

function call(question: string): unknown {
  worker.postMessage(question);
  Atomics.wait(answered, 0, 0); // stuck
  return receiveMessageOnPort(port1)?.message;
}

const broken = process.argv[2] === "broken";
worker.on("message", () => {
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});
console.log(call(broken ? "tell my event loop" : "tell me"));
await worker.terminate();
