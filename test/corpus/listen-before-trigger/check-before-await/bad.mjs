// The state is read before an await; the job finishes in the gap between the answer and the listener.
// Ends: exit 13
// cf. taskforcesh/bullmq#383
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

if (!(await isFinished())) {
  await once(job, "finished"); // starves
}
