// The flag is set by a chain of promises that needs no event: waiting turns of microtasks are enough.
import assert from "node:assert";

let loaded = false;
async function load() {
  await null;
  await null;
  loaded = true;
}
void load();
while (!loaded) await Promise.resolve();
assert.ok(loaded);
