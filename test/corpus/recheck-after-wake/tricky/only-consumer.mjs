// One consumer, begun once: nobody else can take what it was woken for.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const bell = new EventEmitter();
const lines = [];
const seen = [];
async function consume() {
  while (seen.length < 2) {
    if (lines.length === 0) await once(bell, "line");
    seen.push(lines.shift());
  }
}
const consumer = consume();
for (const line of ["a", "b"]) {
  lines.push(line);
  bell.emit("line");
}
await consumer;
assert.deepEqual(seen, ["a", "b"]);
