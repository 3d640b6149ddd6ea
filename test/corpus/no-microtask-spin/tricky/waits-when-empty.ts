// Most turns await a settled promise, but the one that finds nothing waits for the next message.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const bus = new EventEmitter();
const queue: string[] = ["a", "b"];
let stopped = false;
setTimeout(() => {
  stopped = true;
  bus.emit("added");
}, 10);

const handled: string[] = [];
while (!stopped) {
  const item = queue.shift();
  if (item === undefined) await once(bus, "added");
  else handled.push(await Promise.resolve(item));
}
assert.deepEqual(handled, ["a", "b"]);
