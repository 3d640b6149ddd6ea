// Sender and receiver are two tasks of one scope.
import { channel, scope } from "tailrace";

const greetings = channel<string>({ name: "greetings" });
const received: string[] = [];
await scope(async (tasks) => {
  tasks.spawn(async () => {
    for await (const greeting of greetings) received.push(greeting);
  });
  await greetings.send("hello");
  greetings.close();
});
if (received.join() !== "hello") throw new Error(received.join());
