// The only task that may run waits until nothing is queued behind it, which is started only when it has ended.
// Ends: exit 13
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const sent: string[] = [];

async function flush(messages: readonly string[]): Promise<void> {
  for (const message of messages) void queue.add(() => sent.push(message));
  await queue.onEmpty(); // starves
}

await queue.add(() => flush(["a", "b"])); // waits
if (sent.length !== 2) throw new Error(sent.join());
