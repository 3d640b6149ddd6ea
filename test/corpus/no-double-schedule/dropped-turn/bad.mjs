// The first place is taken for nobody: its turn is given away, and who waits for the second goes without.
// Ends: exit 13
const line = [];
const enter = () => new Promise((go) => line.push(go));
const next = () => line.shift()?.();

async function pass() {
  enter(); // starves
  await enter(); // waits
}

const passed = pass();
next();
await passed;
