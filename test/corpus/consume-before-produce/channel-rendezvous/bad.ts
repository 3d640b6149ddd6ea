// A channel without capacity hands over from hand to hand: send() waits for a receive that is written below it.
// Ends: exit 13
import { channel } from "tailrace";

const greetings = channel<string>({ name: "greetings" });
await greetings.send("hello"); // starves
greetings.close();

const received: string[] = [];
for await (const greeting of greetings) received.push(greeting);
if (received.join() !== "hello") throw new Error(received.join());
