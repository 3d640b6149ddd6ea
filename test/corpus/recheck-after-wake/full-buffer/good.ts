// A producer puts its item in only when it has seen that there is room.
import assert from "node:assert";

const CAPACITY = 2;
const buffer: string[] = ["a", "b"];
const blocked = new Set<() => void>();

function room(): Promise<void> {
  return new Promise((resolve) => blocked.add(resolve));
}

async function put(item: string): Promise<void> {
  while (buffer.length >= CAPACITY) await room();
  buffer.push(item);
}

function get(): string | undefined {
  const item = buffer.shift();
  for (const wake of blocked) wake();
  blocked.clear();
  return item;
}

const puts = Promise.all([put("c"), put("d")]);
get();
setTimeout(get, 5);
await puts;
assert.deepEqual(buffer, ["c", "d"]);
