// The event comes from a timer that is longer than the pause.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const emitter = new EventEmitter();
setTimeout(() => emitter.emit("due", "yes"), 100);
await sleep(5);
const [answer] = await once(emitter, "due");
assert.equal(answer, "yes");
