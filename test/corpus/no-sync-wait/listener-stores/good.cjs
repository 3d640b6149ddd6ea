// The worker has the word, and writes it itself.
const assert = require("node:assert");
const { Worker } = require("node:worker_threads");

class Client {
  constructor() {
    this.word = new Int32Array(new SharedArrayBuffer(4));
    const source = `
      const { workerData: word } = require("node:worker_threads");
      Atomics.store(word, 0, 1);
      Atomics.notify(word, 0);
    `;
    this.worker = new Worker(source, { eval: true, workerData: this.word });
  }

  waitUntilUp() {
    Atomics.wait(this.word, 0, 0);
  }
}

const client = new Client();
client.waitUntilUp();
assert.equal(client.word[0], 1);
