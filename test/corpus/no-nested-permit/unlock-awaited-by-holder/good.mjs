// Taking it is waiting for it.
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const lines = [];

async function append(line) {
  const release = await mutex.acquire();
  lines.push(line);
  release();
}

await append("first");
if (lines.length !== 1) throw new Error(String(lines.length));
