// The global setTimeout gives a handle, not a promise: to await it is to await nothing, and no timer ever fires.
// Ends: blocked
let answered = false;
const question = setTimeout(() => {
  answered = true;
}, 20);

async function answer(): Promise<void> {
  while (!answered) {
    await setTimeout(() => undefined, 5); // starves
  }
}

await answer();
clearTimeout(question);
