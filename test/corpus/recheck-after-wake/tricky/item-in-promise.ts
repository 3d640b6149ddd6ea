// The item comes through the promise: nothing is taken from the list after the wait.
import assert from "node:assert";

const items: string[] = [];
const takers: ((item: string) => void)[] = [];
async function take(): Promise<string> {
  if (items.length > 0) return items.shift()!;
  return await new Promise<string>((resolve) => takers.push(resolve));
}
function put(item: string): void {
  const taker = takers.shift();
  if (taker) taker(item);
  else items.push(item);
}

const both = Promise.all([take(), take()]);
put("a");
put("b");
assert.deepEqual(await both, ["a", "b"]);
