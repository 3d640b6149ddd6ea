import { report } from "tailrace";

/** Settles as the work does; after `ms` milliseconds it rejects with what waits for what. For tests. */
export async function deadline<T>(work: PromiseLike<T>, ms = 5000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${String(ms)} ms: ${report()}`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
