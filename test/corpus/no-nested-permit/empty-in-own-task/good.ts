// The task adds what is to be sent, and whoever added the task waits until the queue is through.
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const sent: string[] = [];

function flush(messages: readonly string[]): void {
  for (const message of messages) void queue.add(() => sent.push(message));
}

await queue.add(() => {
  flush(["a", "b"]);
});
await queue.onIdle();
if (sent.length !== 2) throw new Error(sent.join());
