// The loop loads what only an immediate of the same thread stores.
// Ends: blocked
const view = new Uint32Array(new SharedArrayBuffer(8));
setImmediate(() => Atomics.add(view, 1, 1));

function spin(): void {
  while (Atomics.load(view, 1) === 0) { // starves
    performance.now();
  }
}

spin();
