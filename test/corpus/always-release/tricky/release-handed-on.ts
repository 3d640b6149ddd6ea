// The function that releases is given to whoever knows when: a timer, a listener, a list of things to clean up.
import { once, EventEmitter } from "node:events";
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const cleanups: (() => void)[] = [];
const done = new EventEmitter();

async function forAMoment(): Promise<void> {
  const release = await mutex.acquire();
  setTimeout(release, 5);
}

async function untilDone(): Promise<void> {
  const release = await mutex.acquire();
  done.once("done", release);
}

async function untilCleanUp(): Promise<void> {
  const release = await mutex.acquire();
  cleanups.push(release);
  if (cleanups.length > 5) throw new Error("too many");
}

await forAMoment();
await untilDone();
const heard = once(done, "done");
done.emit("done");
await heard;
await untilCleanUp();
for (const cleanup of cleanups) cleanup();
if (mutex.isLocked()) throw new Error("still locked");
