// The worker's answer is taken from the port without the event loop, after it has woken this thread.
const assert = require("node:assert");
const { MessageChannel, receiveMessageOnPort, Worker } = require("node:worker_threads");

const flag = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
const source = `
  const { workerData: { flag, port } } = require("node:worker_threads");
  port.on("message", async (id) => {
    await null;
    port.postMessage({ id, result: id * 2 });
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  });
`;
const worker = new Worker(source, { eval: true, workerData: { flag, port: port2 }, transferList: [port2] });
worker.unref();
port1.unref();

function callSync(id) {
  port1.postMessage(id);
  Atomics.wait(flag, 0, 0);
  return receiveMessageOnPort(port1).message.result;
}
assert.equal(callSync(21), 42);
