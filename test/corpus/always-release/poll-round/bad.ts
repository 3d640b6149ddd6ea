// The round that fails keeps the lock of the poller, so the poller never asks again.
// Ends: exit 13
// cf. oxen-io/session-desktop#473
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
  const release = await polling.acquire(); // starves
  try {
    seen.push(await fetchMessages());
    release();
  } catch (error) {
    seen.push(String(error));
  }
}

for (let rounds = 0; rounds < 4; rounds += 1) await poll();
