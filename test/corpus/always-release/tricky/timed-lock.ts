// The lock gives up by itself when it has waited for too long: nothing is left in its queue.
import { setTimeout as sleep } from "node:timers/promises";
import { E_TIMEOUT, Mutex, withTimeout } from "async-mutex";

const mutex = new Mutex();
const patient = withTimeout(mutex, 5);

async function tryUpdate(): Promise<boolean> {
  try {
    const unlock = await patient.acquire();
    unlock();
    return true;
  } catch (error) {
    if (error === E_TIMEOUT) return false;
    throw error;
  }
}

const unlock = await mutex.acquire();
const refused = await tryUpdate();
unlock();
await sleep(1);
if (refused || !(await tryUpdate())) throw new Error("not as expected");
