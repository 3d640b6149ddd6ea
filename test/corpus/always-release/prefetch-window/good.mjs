// Each message gives its place back, also one that is skipped.
import { Sema } from "async-sema";

const places = new Sema(3);
const levels = [];

async function consume(messages) {
  for (const message of messages) {
    await places.acquire();
    const level = Number(message);
    if (!Number.isNaN(level)) levels.push(level);
    places.release();
  }
}

await consume(["4.2", "?", "low", "4.1", "high", "4.0"]);
if (levels.length !== 3) throw new Error(levels.join());
