// The loop waits for a flag that a timer sets, and timers run only when the loop is over.
// Ends: blocked
let elapsed = false;
setTimeout(() => {
  elapsed = true;
}, 10);
while (!elapsed) {} // starves
