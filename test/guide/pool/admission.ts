import { channel, pool, scope } from "tailrace";

const messages = channel<string>({ capacity: 100 });
for (const message of ["one", "", "two", "three", "four"]) await messages.send(message);
messages.close();

await using runners = pool({
  name: "runners",
  max: 2,
  reuse: false, // an instance runs one message
  spawn: ({ slot }) => Promise.resolve({ slot, run: (text: string) => Promise.resolve(text.toUpperCase()) }),
});

const done: string[] = [];
await scope(async (s) => {
  for (;;) {
    const admission = await runners.admit(); // only then a message is taken: it waits in the queue, not here
    const message = await messages.receive().catch(() => undefined);
    if (message === undefined || message === "") {
      admission.release(); // malformed, or the end: somebody else may have the instance
      if (message === undefined) break;
      continue;
    }
    s.spawn(async () => {
      using lease = await admission.acquire();
      done.push(await lease.value.run(message));
    });
  }
});
console.log(done.sort().join(" "));
// prints FOUR ONE THREE TWO
