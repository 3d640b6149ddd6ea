// `start` emits "started" before it returns; the listener comes after the only emit.
// Ends: exit 13
import { EventEmitter, once } from "node:events";

const engine = new EventEmitter();

function start() {
  engine.emit("started", Date.now());
}

start();
await once(engine, "started"); // starves
