// The place is handed over: the count stays as it is where somebody waits.
import assert from "node:assert";

let active = 0;
let worst = 0;
const limit = 1;
const waiting: { go: () => void }[] = [];

const enter = async (): Promise<void> => {
  if (active >= limit) await new Promise<void>((go) => waiting.push({ go }));
  else active += 1;
  worst = Math.max(worst, active);
};

const leave = (): void => {
  const next = waiting.shift();
  if (next) next.go();
  else active -= 1;
};

await enter();
const second = enter();
leave();
const third = enter();
await second;
leave();
await third;
assert.equal(worst, 1);
