import { channel, ChannelClosedError } from "tailrace";

const jobs = channel<string>({ name: "jobs", capacity: 2 });
await jobs.send("first");
jobs.close(new Error("shutting down"));

console.log(await jobs.receive()); // prints first
await jobs.receive().catch((error: unknown) => {
  console.log(String(error)); // prints Error: shutting down
});
await jobs.send("late").catch((error: unknown) => {
  console.log(error instanceof ChannelClosedError && error.code); // prints TAILRACE_CHANNEL_CLOSED
});
