// The queue gives up a job that takes too long, and its own promise tells when all have ended.
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 2, timeout: 50 });
const answers: string[] = [];
for (const host of ["inlet", "silent", "outlet"]) {
  const job = queue.add(async () => {
    if (host === "silent") await new Promise(() => {});
    answers.push(host);
  });
  void job.catch(() => undefined);
}

await queue.onIdle();
if (answers.length !== 2) throw new Error(answers.join());
