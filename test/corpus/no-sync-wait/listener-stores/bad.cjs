// The worker only sends a message; the word that wakes this thread is written by a listener of this thread.
// Ends: blocked
// cf. nodejs/node#25630
const { Worker } = require("node:worker_threads");

class Client {
  constructor() {
    this.word = new Int32Array(new SharedArrayBuffer(4));
    this.worker = new Worker('require("node:worker_threads").parentPort.postMessage("up")', { eval: true });
    this.worker.on("message", () => {
      Atomics.store(this.word, 0, 1);
      Atomics.notify(this.word, 0);
    });
  }

  waitUntilUp() {
    Atomics.wait(this.word, 0, 0); // starves
  }
}

new Client().waitUntilUp();
