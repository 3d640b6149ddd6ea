// The timer is awaited.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const before = performance.now();
await sleep(10);
assert.ok(performance.now() - before >= 8);
