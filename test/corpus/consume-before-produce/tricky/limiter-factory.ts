// What a limiter of one's own wakes is another call of the same function; all calls share the queue.
export function limited(concurrency: number) {
  const queue: (() => void)[] = [];
  let active = 0;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (active >= concurrency) await new Promise<void>((resolve) => queue.push(resolve));
    else active += 1;
    try {
      return await task();
    } finally {
      const next = queue.shift();
      if (next) next();
      else active -= 1;
    }
  };
}

const run = limited(1);
const sums = await Promise.all([1, 2, 3].map((value) => run(() => Promise.resolve(value + 1))));
if (sums.join() !== "2,3,4") throw new Error(sums.join());
