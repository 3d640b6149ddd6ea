// A flag says whether a task is queued; both the listener and the loop keep to it.
import assert from "node:assert";
import { EventEmitter } from "node:events";

const queue = [];
const served = [];
function add(task) {
  task.on("ready", () => {
    if (task.queued) return;
    task.queued = true;
    queue.push(task);
  });
}
function drain() {
  while (queue.length > 0) {
    const task = queue.shift();
    task.queued = false;
    served.push(task.work.shift());
    if (task.work.length > 0) {
      task.queued = true;
      queue.push(task);
    }
  }
}
const task = Object.assign(new EventEmitter(), { queued: false, work: ["a", "b"] });
add(task);
task.emit("ready");
task.emit("ready");
drain();
assert.deepEqual(served, ["a", "b"]);
