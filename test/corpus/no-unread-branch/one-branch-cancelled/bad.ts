// cancel() of one branch waits until the other one is cancelled as well, or read to its end: both come later.
// Ends: exit 13
const days = new ReadableStream<string>({
  start(controller) {
    for (let day = 1; day <= 30; day += 1) controller.enqueue(`2026-11-${String(day)}\n`);
    controller.close();
  },
});

const [log, body] = days.tee();
await log.cancel(); // starves
let count = 0;
for await (const day of body) count += day.length > 0 ? 1 : 0;
if (count !== 30) throw new Error(String(count));
