// Messages that cannot be read are skipped with their place in the window: after three of them no message is taken.
// Ends: exit 13
// cf. amqp-node/amqplib#430
import { Sema } from "async-sema";

const places = new Sema(3);
const levels = [];

async function consume(messages) {
  for (const message of messages) {
    await places.acquire(); // starves
    const level = Number(message);
    if (Number.isNaN(level)) continue;
    levels.push(level);
    places.release();
  }
}

await consume(["4.2", "?", "low", "4.1", "high", "4.0"]);
