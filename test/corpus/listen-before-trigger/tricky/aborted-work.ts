// The abort only cuts short what would settle anyway, or the signal is looked at in the executor.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

function cut<Value>(work: Promise<Value>, { signal }: { signal: AbortSignal }): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function raced<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return await Promise.race([work, aborted]);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const signal = AbortSignal.abort(new Error("over"));
assert.equal(await cut(sleep(10, "done"), { signal }), "done");
assert.equal(await raced(sleep(10, "done"), signal), "done");
await assert.rejects(aborted(signal), /over/);
