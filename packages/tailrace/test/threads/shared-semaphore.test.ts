import { isMainThread, Worker } from "node:worker_threads";
import { OwnerDiedError, report, TailraceError, TimeoutError } from "tailrace";
import { openSharedSemaphore, sharedSemaphore } from "tailrace/threads";
import type { SharedSemaphore } from "tailrace/threads";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { isPossible } from "../watch/watched.ts";

nothingIsLeft();

const execArgv = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];

test("has as many permits as it was made with, and no more", () => {
  const semaphore = sharedSemaphore(2, { name: "disk" });
  expect([semaphore.tryAcquire(), semaphore.tryAcquire(), semaphore.tryAcquire()]).toEqual([true, true, false]);
  expect(semaphore.free).toBe(0);
  semaphore.release();
  semaphore.release();
  expect(() => {
    semaphore.release();
  }).toThrow(new TailraceError("TAILRACE_NO_PERMIT", 'release on semaphore "disk": this thread has no permit of it'));
  expect(semaphore.free).toBe(2);
});

test("serves those who wait in the order in which they came, and what gives up takes none", async () => {
  const semaphore = sharedSemaphore(1, { name: "disk" });
  await semaphore.acquire();
  const order: number[] = [];
  const use = async (nth: number): Promise<void> => {
    await semaphore.acquire();
    order.push(nth);
    semaphore.release();
  };
  const all = Promise.all([use(1), use(2), use(3)]);
  const error = await semaphore.acquire({ timeout: 10 }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(String(error)).toMatch(
    /acquire on semaphore "disk" \(0 of 1 permits free\) waited 10 ms for a permit; held by /u,
  );
  expect(report()).toContain('acquire on semaphore "disk"');
  semaphore.release();
  await within(all);
  expect(order).toEqual([1, 2, 3]);
  expect(semaphore.free).toBe(1);
});

test.runIf(isMainThread)("stands still on the main thread only if that was asked for", () => {
  const semaphore = sharedSemaphore(1);
  expect(() => {
    semaphore.acquireSync();
  }).toThrow("would stop the event loop of the main thread");
  const allowed = openSharedSemaphore(semaphore.handle, { allowSyncOnMain: true });
  allowed.acquireSync();
  expect(() => {
    allowed.acquireSync({ timeout: 10 });
  }).toThrow(TimeoutError);
  semaphore.release(); // it belongs to the thread, whichever view it uses
  expect(semaphore.free).toBe(1);
});

test("arguments that cannot be used are refused", () => {
  for (const permits of [0, 1.5, Infinity]) expect(() => sharedSemaphore(permits)).toThrow("permits");
  expect(() => openSharedSemaphore({} as SharedSemaphore["handle"])).toThrow("the handle of a shared semaphore");
});

describe.runIf(isPossible)("a thread that dies with permits", () => {
  test("gives them back: the next is told, and the one after that has one", { timeout: 20_000 }, async () => {
    const semaphore = sharedSemaphore(2, { name: "disk" });
    const holder = await started(semaphore);
    expect(semaphore.tryAcquire()).toBe(false);
    const first = semaphore.acquire({ timeout: 10_000 });
    const second = semaphore.acquire({ timeout: 10_000 });
    await holder.terminate();
    await expect(within(first)).rejects.toThrow(/^thread \d+ has died with permits of semaphore "disk"$/u);
    await expect(first).rejects.toBeInstanceOf(OwnerDiedError);
    await within(second);
    expect(semaphore.free).toBe(1);
    semaphore.release();
    expect(semaphore.free).toBe(2);
  });
});

async function started(semaphore: SharedSemaphore): Promise<Worker> {
  const worker = new Worker(new URL("permits.child.ts", import.meta.url), { execArgv, workerData: semaphore.handle });
  await within(
    new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    }),
    10_000,
  );
  return worker;
}
