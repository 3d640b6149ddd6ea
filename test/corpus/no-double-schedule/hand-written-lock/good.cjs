// Who finds the lock held comes again with the next tick.
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
  if (lock.held) return;
  await lock.acquire();
  await new Promise((resolve) => setTimeout(resolve, 60));
  lock.release();
};

const timer = setInterval(poll.bind(null), 5);
setTimeout(() => {
  clearInterval(timer);
  assert.equal(lock.waiters.length, 0);
}, 100);
