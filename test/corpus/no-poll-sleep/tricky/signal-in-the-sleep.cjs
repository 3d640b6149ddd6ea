// The sleep has a signal: when that is aborted, it rejects and ends the loop.
const assert = require("node:assert");
const timers = require("node:timers/promises");

const build = { state: "running" };
setTimeout(() => (build.state = "failed"), 5);

async function built(signal) {
  while (build.state !== "built") await timers.setTimeout(5, undefined, { signal });
}

assert.rejects(built(AbortSignal.timeout(30)), { name: "AbortError" });
