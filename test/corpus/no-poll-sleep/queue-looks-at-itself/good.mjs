// What must come last is done after the queue is idle, outside of it.
import assert from "node:assert";
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 2 });
const files = [];
queue.add(async () => files.push("a"));
await queue.onIdle();
files.push("index");
assert.deepEqual(files, ["a", "index"]);
