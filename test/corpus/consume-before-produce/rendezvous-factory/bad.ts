// No class at all: a factory that closes over one pending item. The channel is iterated after the jobs were sent.
// Ends: exit 13
function createChannel<T>() {
  const queue: { item: T; done: () => void }[] = [];
  let wake: (() => void) | undefined;
  return {
    send(item: T): Promise<void> {
      return new Promise((done) => {
        queue.push({ item, done });
        wake?.();
      });
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<T> {
      for (;;) {
        const entry = queue.shift();
        if (entry) {
          entry.done();
          yield entry.item;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

const jobs = createChannel<number>();
for (const job of [5, 7, 9, 0]) await jobs.send(job); // starves

let sum = 0;
for await (const job of jobs) {
  if (job === 0) break;
  sum += job;
}
if (sum !== 21) throw new Error(`${sum}`);
