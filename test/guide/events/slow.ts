import { subscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { channel, scope } from "tailrace";
import type { TailraceEvents } from "tailrace";

function on<Name extends keyof TailraceEvents>(name: Name, listener: (event: TailraceEvents[Name]) => void): void {
  subscribe(name, (event) => {
    listener(event as TailraceEvents[Name]);
  });
}

on("tailrace:wait:end", ({ operation, resource, duration }) => {
  if (duration > 10) console.log(`${operation} on ${resource.kind} ${resource.name} has waited for too long`);
});
on("tailrace:task:end", ({ kind, name, status }) => {
  console.log(`${kind} ${name} has ${status}`);
});

const replies = channel<string>({ name: "replies" });
await scope(
  async (s) => {
    s.spawn(() => replies.receive(), { name: "print" });
    await sleep(20);
    await replies.send("one");
  },
  { name: "main" },
);

// prints receive on channel replies has waited for too long
// prints task print has succeeded
// prints scope main has succeeded
