// Each turn waits for nothing but null, which is a microtask: the timer that would set the flag never runs.
// Ends: blocked
// cf. denoland/deno#24360
let ready = false;
setTimeout(() => {
  ready = true;
}, 10);
while (!ready) {
  await null; // starves
}
