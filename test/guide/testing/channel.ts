import { channel, ChannelClosedError, TimeoutError } from "tailrace";
import { explore } from "tailrace/testing";

const seen = new Set<string>();
const { complete } = await explore((explored) => {
  const jobs = channel<string>({ capacity: 1 });
  const received: string[] = [];
  explored.party("sender", async (step) => {
    try {
      await jobs.send("a");
      await step();
      await jobs.send("b");
      jobs.close();
    } catch (error) {
      if (!(error instanceof ChannelClosedError)) throw error; // the receiver has left
    }
  });
  explored.party("receiver", async () => {
    try {
      for await (const job of jobs.values({ timeout: 1000 })) received.push(job);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      received.push("late");
    } finally {
      jobs.close(); // without this, the explorer finds a sender that waits for ever
    }
  });
  return () => seen.add(received.join(" "));
});

console.log(complete, [...seen].sort().join(", "));
// prints true a b, a late, late
