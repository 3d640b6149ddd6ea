// A signal that is aborted already throws at once.
import assert from "node:assert/strict";

async function untilAborted(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return await new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const controller = new AbortController();
controller.abort(new Error("too late"));
await assert.rejects(untilAborted(controller.signal), /too late/);
