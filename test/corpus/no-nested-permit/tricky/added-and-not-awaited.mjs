// A task adds to its own queue and does not wait for what it adds: its permit is back when that begins.
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const seen = [];

async function visit(page) {
  seen.push(page);
  const links = page === "/" ? ["/a", "/b"] : [];
  for (const link of links) void queue.add(() => visit(link));
  if (links.length > 0) queue.add(() => visit("/c")).catch(console.error);
}

await queue.add(() => visit("/"));
await queue.onIdle();
if (seen.join() !== "/,/a,/b,/c") throw new Error(seen.join());
