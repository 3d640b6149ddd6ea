// A flag says that the caller holds the lock, and the helper takes it only where nobody does.
import { Mutex } from "async-mutex";

class Cache {
  lock = new Mutex();
  entries = new Map();

  async set(key, value, { isLocked = false } = {}) {
    if (isLocked) {
      this.entries.set(key, value);
      return;
    }
    await this.lock.runExclusive(() => this.entries.set(key, value));
  }

  async fill(keys) {
    const release = await this.lock.acquire();
    try {
      for (const key of keys) await this.set(key, 1, { isLocked: true });
    } finally {
      release();
    }
  }
}

const cache = new Cache();
await cache.set("a", 1);
await cache.fill(["b", "c"]);
if (cache.entries.size !== 3) throw new Error(String(cache.entries.size));
