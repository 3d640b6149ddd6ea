// The first turn was awaited before the second is asked for.
import assert from "node:assert";

const line = [];
const ask = () => new Promise((go) => line.push(go));
const next = () => line.shift()?.(true);

async function twice() {
  let turn = ask();
  await turn;
  turn = ask();
  return turn;
}

const both = twice();
next();
await null;
await null;
next();
assert.equal(await both, true);
