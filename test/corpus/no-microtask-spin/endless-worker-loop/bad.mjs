// A loop that never ends and never really waits: the timer that should shut the process down does not fire.
// Ends: blocked
// cf. denoland/deno#24360
const inbox = [];
let handled = 0;

async function serve() {
  for (;;) {
    const task = inbox.pop();
    if (task) handled += task;
    await Promise.resolve(); // starves
  }
}

setTimeout(() => {
  process.exit(handled);
}, 20);
void serve();
