// The branch is cancelled without waiting for it.
const days = new ReadableStream<string>({
  start(controller) {
    for (let day = 1; day <= 30; day += 1) controller.enqueue(`2026-11-${String(day)}\n`);
    controller.close();
  },
});

const [log, body] = days.tee();
const cancelled = log.cancel();
let count = 0;
for await (const day of body) count += day.length > 0 ? 1 : 0;
await cancelled;
if (count !== 30) throw new Error(String(count));
