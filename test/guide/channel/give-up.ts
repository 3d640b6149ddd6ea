import { channel } from "tailrace";

const host = channel<Uint8Array>({ name: "host-3", capacity: 1 });
await host.send(new Uint8Array(1));

await host.send(new Uint8Array(1), { timeout: 20 }).catch((error: unknown) => {
  console.log(String(error));
});
// prints TimeoutError: send on channel "host-3" (capacity 1, full) waited 20 ms for a receiver; nobody is receiving

console.log(host.size); // prints 1
