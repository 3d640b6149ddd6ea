// The promise is made before the function that emits is called.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";

const engine = new EventEmitter();

function start() {
  engine.emit("started", Date.now());
}

const started = once(engine, "started");
start();
const [time] = await started;
assert.ok(time > 0);
