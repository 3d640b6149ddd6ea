// The place is taken once, before the loop.
import assert from "node:assert";

const slots: ((slot: number) => void)[] = [];

function slot(): Promise<number> {
  return new Promise<number>((resolve) => {
    slots.push(resolve);
  });
}

function free(id: number): void {
  const next = slots.shift();
  next?.(id);
}

async function rent(ready: () => boolean): Promise<number> {
  const place = slot();
  while (!ready()) await null;
  return place;
}

let asked = 0;
const rented = rent(() => ++asked > 1);
free(1);
assert.equal(await rented, 1);
