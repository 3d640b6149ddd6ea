// A channel of infinite capacity takes every item at once.
import { channel } from "tailrace";

const events = channel<number>({ capacity: Infinity });
for (let event = 0; event < 100; event += 1) await events.send(event);
events.close();

let sum = 0;
for await (const event of events) sum += event;
if (sum !== 4950) throw new Error(`${sum}`);
