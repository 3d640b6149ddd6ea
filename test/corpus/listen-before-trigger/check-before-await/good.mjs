// It listens first and asks then.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const job = new EventEmitter();
let finished = false;
setTimeout(() => {
  finished = true;
  job.emit("finished");
}, 20);

async function isFinished() {
  const answer = finished;
  await sleep(60);
  return answer;
}

const event = once(job, "finished");
if (!(await isFinished())) {
  await event;
}
assert.ok(finished);
