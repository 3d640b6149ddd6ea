// The check fails by an error that goes to the caller; the handler ends the item, and the pool is told on the way out.
const assert = require("node:assert");

class Pool {
  constructor() {
    this.idle = [];
    this.waiting = [];
    this.size = 0;
    this.max = 1;
  }

  async acquire() {
    const item = this.idle.pop();
    if (item) {
      let valid = false;
      try {
        await item.validate();
        valid = true;
        return item;
      } finally {
        if (!valid) this.size -= 1;
      }
    }
    if (this.size < this.max) {
      this.size += 1;
      return { validate: async () => {} };
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  release(item) {
    if (this.waiting.length > 0) this.waiting.shift()(item);
    else this.idle.push(item);
  }
}

async function main() {
  const pool = new Pool();
  const item = await pool.acquire();
  item.validate = () => Promise.reject(new Error("stale"));
  pool.release(item);
  await assert.rejects(pool.acquire(), /stale/);
  await pool.acquire();
}

main();
