// All waiters are woken at once: one that nobody awaits takes nothing from the others.
import assert from "node:assert";

let listeners = [];
const changed = () => new Promise((go) => listeners.push(go));
function change() {
  const all = listeners;
  listeners = [];
  for (const go of all) go("changed");
}

async function watch(ready) {
  let news = changed();
  if (!ready()) news = changed();
  return news;
}
const watched = watch(() => false);
change();
assert.equal(await watched, "changed");
