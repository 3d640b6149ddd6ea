// Each tick joins the waiters of the lock, and nobody asks how many wait already.
// Ends: exit 1
// Fails: nobody queues
const assert = require("node:assert");

class Lock {
  constructor() {
    this.held = false;
    this.waiters = [];
  }
  acquire() {
    if (!this.held) {
      this.held = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiters.push(resolve));
  }
  release() {
    const next = this.waiters.shift();
    if (next) next();
    else this.held = false;
  }
}

const lock = new Lock();
const poll = async function () {
  await lock.acquire();
  await new Promise((resolve) => setTimeout(resolve, 60));
  lock.release();
};

const timer = setInterval(poll.bind(null), 5); // starves
setTimeout(() => {
  clearInterval(timer);
  assert.ok(lock.waiters.length <= 1, "nobody queues");
}, 100);
