// The event may be missed, and a signal ends the wait then.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const emitter = new EventEmitter();
setImmediate(() => emitter.emit("ready"));
await sleep(10);
const patience = new AbortController();
setTimeout(() => patience.abort(), 20);
await assert.rejects(once(emitter, "ready", { signal: patience.signal }), { name: "AbortError" });
const late = await Promise.race([once(emitter, "ready"), sleep(20, "late")]);
assert.equal(late, "late");
