// The one who would wake this thread is a timer of the same thread.
// Ends: blocked
const word = new Int32Array(new SharedArrayBuffer(4));
setTimeout(() => {
  Atomics.store(word, 0, 1);
  Atomics.notify(word, 0);
}, 10);
Atomics.wait(word, 0, 0); // starves
