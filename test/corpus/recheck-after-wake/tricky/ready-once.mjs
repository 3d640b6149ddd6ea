// What is waited for happens once and stays so: afterwards the state is only read.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const database = Object.assign(new EventEmitter(), { ready: false, rows: new Map([["a", 1]]) });
async function query(name) {
  if (!database.ready) await once(database, "ready");
  return database.rows.get(name);
}

const both = Promise.all([query("a"), query("a")]);
database.ready = true;
database.emit("ready");
assert.deepEqual(await both, [1, 1]);
