// Each job may wait for a permit and gives it back when it is done: the jobs before it wake the ones after.
function semaphore(permits: number) {
  const waiting: (() => void)[] = [];
  let free = permits;
  const release = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  return async <T>(job: () => Promise<T>): Promise<T> => {
    while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    free -= 1;
    try {
      return await job();
    } finally {
      release();
    }
  };
}

const run = semaphore(2);
const results = await Promise.all([1, 2, 3, 4, 5].map((value) => run(async () => value * 2)));
if (results.join() !== "2,4,6,8,10") throw new Error(results.join());
