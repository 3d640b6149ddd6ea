// Whoever added the first task waits until the queue is idle.
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 4 });
const seen = [];

async function crawl(pages) {
  for (const page of pages) queue.add(async () => seen.push(page));
}

await queue.add(() => crawl(["/a", "/b", "/c"]));
await queue.onIdle();
if (seen.length !== 3) throw new Error(String(seen.length));
