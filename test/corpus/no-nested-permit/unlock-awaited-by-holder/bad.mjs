// Who has just taken the mutex waits until it is unlocked, which only it can do.
// Ends: exit 13
// cf. DirtyHairy/async-mutex#88
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const lines = [];

async function append(line) {
  const release = await mutex.acquire();
  await mutex.waitForUnlock(); // starves
  lines.push(line);
  release();
}

await append("first"); // waits
if (lines.length !== 1) throw new Error(String(lines.length));
