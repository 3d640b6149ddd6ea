// A flag remembers whether the lock has been given back early.
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const log = [];

async function update(level) {
  const unlock = await mutex.acquire();
  let locked = true;
  try {
    if (level > 9) throw new RangeError("no such level");
    if (level === 0) {
      unlock();
      locked = false;
      log.push("nothing to do");
      return;
    }
    log.push(level);
  } finally {
    if (locked) unlock();
  }
}

await update(12).catch(() => undefined);
await update(0);
await update(4.2);
if (mutex.isLocked()) throw new Error("still locked");
