// It looks at the state before it listens.
import assert from "node:assert/strict";
import { once } from "node:events";

async function untilStopped(signal: AbortSignal): Promise<string> {
  if (!signal.aborted) await once(signal, "abort");
  return "stopped";
}

const controller = new AbortController();
controller.abort();
assert.equal(await untilStopped(controller.signal), "stopped");
