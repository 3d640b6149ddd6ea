import { channel, inspect, report } from "tailrace";

const host = channel<string>({ name: "host-3", capacity: 1 });
await host.send("one");
void host.send("two");

console.log(report());
// prints send on channel "host-3" (capacity 1, full) has waited 0.0 s for a receiver; nobody is receiving

console.log(inspect().waits.map(({ operation, resource }) => `${operation} on ${resource.name}`).join()); // prints send on host-3
