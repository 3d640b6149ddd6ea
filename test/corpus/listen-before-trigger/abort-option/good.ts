// The signal is looked at before it is listened to.
import assert from "node:assert/strict";

interface Options {
  readonly name: string;
  readonly signal: AbortSignal;
}

async function serve({ name, signal }: Options): Promise<string> {
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  }
  return `${name} stopped`;
}

assert.equal(await serve({ name: "mail", signal: AbortSignal.abort() }), "mail stopped");
