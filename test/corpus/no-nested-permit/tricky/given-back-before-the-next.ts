// What is held is given back on every path before the same is asked for again.
import { Mutex } from "async-mutex";

const mutex = new Mutex();
const log: string[] = [];

async function write(line: string): Promise<void> {
  const release = await mutex.acquire();
  try {
    log.push(line);
  } finally {
    release();
  }
}

async function session(lines: readonly string[]): Promise<void> {
  const release = await mutex.acquire();
  log.push("begin");
  release();
  for (const line of lines) await write(line);
}

async function pause(): Promise<void> {
  for (const line of ["paused", "resumed"]) {
    await mutex.acquire();
    try {
      log.push(line);
    } finally {
      mutex.release();
    }
    await write(`${line} noted`);
  }
}

await session(["one", "two"]);
await pause();
if (log.join() !== "begin,one,two,paused,paused noted,resumed,resumed noted") throw new Error(log.join());
