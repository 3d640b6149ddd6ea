import { channel } from "tailrace";
import "tailrace/watch";

const replies = channel<string>({ name: "replies" });

async function print(): Promise<void> {
  for await (const reply of replies) console.log(reply);
}

const printed = print();
await replies.send("one"); // prints one
await printed; // nobody closes the channel

// tells tailrace: nothing runs any more, and 1 operation still waits:
// tells receive on channel "replies" (capacity 0, rendezvous) has waited 0.0 s for an item; nobody is sending
// tells   at print (file:///app/quiescence.ts:7:20)
// ends with code 70
