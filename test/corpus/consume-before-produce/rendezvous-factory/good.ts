// The summing loop is a function that runs while the jobs are sent.
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
const summing = (async () => {
  let sum = 0;
  for await (const job of jobs) {
    if (job === 0) break;
    sum += job;
  }
  return sum;
})();
for (const job of [5, 7, 9, 0]) await jobs.send(job);

const sum = await summing;
if (sum !== 21) throw new Error(`${sum}`);
