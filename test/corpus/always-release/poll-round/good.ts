// Whatever becomes of a round, the next one can begin.
import { Mutex } from "async-mutex";

const polling = new Mutex();
const seen: string[] = [];
let round = 0;

async function fetchMessages(): Promise<string> {
  round += 1;
  if (round === 2) throw new Error("the node is not reachable");
  return `message ${String(round)}`;
}

async function poll(): Promise<void> {
  const release = await polling.acquire();
  try {
    seen.push(await fetchMessages());
  } catch (error) {
    seen.push(String(error));
  } finally {
    release();
  }
}

for (let rounds = 0; rounds < 4; rounds += 1) await poll();
if (seen.length !== 4) throw new Error(seen.join());
