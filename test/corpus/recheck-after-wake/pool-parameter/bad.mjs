// One connection comes back and wakes both borrowers; the second takes it from an empty pool.
// Ends: exit 1
// Fails: a borrower has no connection
import assert from "node:assert";
import { once, EventEmitter } from "node:events";

export async function borrow(pool) {
  const { idle, events } = pool;
  await (idle.length > 0 ? undefined : once(events, "idle")); // starves
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
for (const { connection } of await borrowed) assert.ok(connection, "a borrower has no connection");
