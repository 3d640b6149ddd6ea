// The helper that should let others run is an async function without any wait: nothing but microtasks gets a turn.
// Ends: blocked
// cf. paulmillr/noble-hashes#113
const nextTick = async () => {};

async function hash(isCancelled) {
  let rounds = 0;
  let state = 1;
  while (!isCancelled()) {
    state = (state * 48271) % 2147483647;
    rounds += 1;
    await nextTick(); // starves
  }
  return { rounds, state };
}

let cancelled = false;
setTimeout(() => {
  cancelled = true;
}, 20);
hash(() => cancelled).then(({ rounds }) => {
  process.exitCode = rounds > 0 ? 0 : 1;
});
