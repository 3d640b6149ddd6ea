// The lock is given back while the mail is sent, and taken again to note that it was: two locks, and two releases.
import { setTimeout as sendMail } from "node:timers/promises";
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const log: string[] = [];

async function notify(name: string): Promise<void> {
  await mutex.acquire();
  try {
    log.push(`${name}: begun`);
  } finally {
    mutex.release();
  }
  await sendMail(5);
  await mutex.acquire();
  try {
    log.push(`${name}: sent`);
  } finally {
    mutex.release();
  }
}

await Promise.all([notify("a"), notify("b")]);
if (mutex.isLocked() || log.length !== 4) throw new Error(log.join());
