// A task waits until its queue is idle, which it is only when this task has ended.
// Ends: exit 13
// cf. sindresorhus/p-queue#96
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 4 });
const seen = [];

async function crawl(pages) {
  for (const page of pages) queue.add(async () => seen.push(page));
  await queue.onIdle(); // starves
  return seen.length;
}

const count = await queue.add(() => crawl(["/a", "/b", "/c"])); // waits
if (count !== 3) throw new Error(String(count));
