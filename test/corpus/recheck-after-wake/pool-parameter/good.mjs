// The second borrower sees that the pool is empty again, and waits on.
import assert from "node:assert";
import { once, EventEmitter } from "node:events";

export async function borrow(pool) {
  const { idle, events } = pool;
  while (idle.length === 0) await once(events, "idle");
  const connection = idle.pop();
  return { connection, pool };
}

export function giveBack({ idle, events }, connection) {
  idle.push(connection);
  events.emit("idle");
}

const pool = { idle: [], events: new EventEmitter() };
const borrowed = Promise.all([borrow(pool), borrow(pool)]);
giveBack(pool, { id: 1 });
setTimeout(() => giveBack(pool, { id: 2 }), 5);
for (const { connection } of await borrowed) assert.ok(connection);
