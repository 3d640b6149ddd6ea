// The message is taken from the port without the event loop.
import assert from "node:assert";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

const source = `
  const { parentPort, workerData: { signal, port } } = require("node:worker_threads");
  parentPort.on("message", (text) => {
    port.postMessage(text.toUpperCase());
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
`;
const signal = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
const worker = new Worker(source, { eval: true, workerData: { signal, port: port2 }, transferList: [port2] });

function shout(text: string): string {
  Atomics.store(signal, 0, 0);
  worker.postMessage(text);
  Atomics.wait(signal, 0, 0);
  return (receiveMessageOnPort(port1) as { message: string }).message;
}

assert.equal(shout("hello"), "HELLO");
port1.close();
await worker.terminate();
