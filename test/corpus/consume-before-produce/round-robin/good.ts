// The workers are called before the jobs are dealt.
interface Queue {
  readonly push: WritableStreamDefaultWriter<number>;
  readonly jobs: ReadableStream<number>;
}

function makeQueue(): Queue {
  const { readable, writable } = new TransformStream<number, number>();
  return { push: writable.getWriter(), jobs: readable };
}

async function work(jobs: ReadableStream<number>): Promise<number> {
  let done = 0;
  for await (const job of jobs) done += job;
  return done;
}

const queues = [makeQueue(), makeQueue()];
const working = queues.map(({ jobs }) => work(jobs));
for (let job = 1; job <= 10; job += 1) {
  await queues[job % queues.length]!.push.write(job);
}
for (const { push } of queues) void push.close();

const sums = await Promise.all(working);
if (sums[0]! + sums[1]! !== 55) throw new Error(sums.join());
