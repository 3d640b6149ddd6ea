import { isMainThread } from "node:worker_threads";
import { workerPool } from "tailrace/node";

export function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

if (isMainThread) {
  await using pool = workerPool<number, number>({ module: import.meta.url, export: "fibonacci", max: 2 });
  console.log((await Promise.all([10, 20, 25].map((n) => pool.run(n)))).join(", "));
  await pool.run(200, { timeout: 100 }).catch((error: unknown) => {
    console.log((error as Error).name);
  });
}
// prints 55, 6765, 75025
// prints TimeoutError
