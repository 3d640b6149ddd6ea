// Both producers find the buffer full and wait; one place becomes free, and both put their item in.
// Ends: exit 1
// Fails: the buffer holds two at most
import assert from "node:assert";

const CAPACITY = 2;
const buffer: string[] = ["a", "b"];
const blocked = new Set<() => void>();

function room(): Promise<void> {
  return new Promise((resolve) => blocked.add(resolve));
}

async function put(item: string): Promise<void> {
  if (buffer.length >= CAPACITY) await room(); // starves
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
await puts;
assert.ok(buffer.length <= CAPACITY, "the buffer holds two at most");
