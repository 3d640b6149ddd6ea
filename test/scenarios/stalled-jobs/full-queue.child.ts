// A queue of jobs, of which one is done at a time, and some make more jobs. Broken: they hold the permit while they wait
// for room in the queue, which nobody reads without a permit.
import { channel, limit, scope } from "tailrace";
import { form, serve } from "./service.ts";

await serve(() =>
  scope(async (s) => {
    const queue = channel<string>({ name: "queue", capacity: 1 });
    const permits = limit(1, { name: "permits" });
    let done = 0;

    async function enqueue(jobs: readonly string[]): Promise<void> {
      for (const job of jobs) await queue.send(job);
    }

    /** @param started is called when it has got its permit */
    async function work(job: string, started: () => void): Promise<void> {
      const more = await permits.with({ name: job })(async () => {
        started();
        const wanted = job === "drop" ? ["clean", "prepare"] : [];
        if (form === "broken") await enqueue(wanted);
        return wanted;
      });
      if (form !== "broken") await enqueue(more);
      if (++done === 6) queue.close();
    }

    async function dispatch(): Promise<void> {
      for await (const job of queue) {
        await new Promise<void>((started) => void s.spawn(() => work(job, started), { name: job }));
      }
    }
    s.spawn(() => enqueue(["drop", "drop"]), { name: "caller" });
    await s.spawn(dispatch, { name: "dispatcher" });
    return done;
  }),
);
