// The event comes again and again; who misses one hears the next.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const clock = new EventEmitter();
let ticks = 0;
const timer = setInterval(() => clock.emit("tick", ++ticks), 5);
await sleep(20);
const [tick] = await once(clock, "tick");
assert.ok(tick >= 1);
clearInterval(timer);
