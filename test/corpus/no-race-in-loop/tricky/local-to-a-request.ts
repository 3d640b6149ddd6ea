// What is raced lives as long as one request, and the loop ends with its input.
import { EventEmitter, once } from "node:events";

async function respond(rows: AsyncIterable<string>, client: EventEmitter): Promise<number> {
  const closed = once(client, "close");
  let sent = 0;
  for await (const row of rows) {
    await Promise.race([Promise.resolve(row), closed]);
    sent += 1;
  }
  return sent;
}

async function* rows(): AsyncGenerator<string> {
  yield "a";
  yield "b";
}
if ((await respond(rows(), new EventEmitter())) !== 2) throw new Error("not all");
