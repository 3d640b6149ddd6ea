// Who needs the value awaits it.
import assert from "node:assert";

async function loadLater<Value>(loading: Promise<Value>): Promise<Value> {
  return await loading;
}

assert.equal(await loadLater(Promise.resolve("configuration")), "configuration");
