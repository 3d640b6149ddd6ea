// Who only tries does not wait for ever, and who has asked whether the lock is free does not wait at all.
import { E_ALREADY_LOCKED, Mutex, tryAcquire } from "async-mutex";

const mutex = new Mutex();
const result = [];

async function save() {
  if (mutex.isLocked()) return "busy";
  return mutex.runExclusive(() => "saved");
}

await mutex.runExclusive(async () => {
  result.push(await save());
  try {
    await tryAcquire(mutex).runExclusive(() => {});
  } catch (error) {
    result.push(error === E_ALREADY_LOCKED ? "locked" : error);
  }
});
if (result.join() !== "busy,locked") throw new Error(result.join());
