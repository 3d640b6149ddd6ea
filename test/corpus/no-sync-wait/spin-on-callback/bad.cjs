// The result of an asynchronous function is to be returned at once; its callback comes after the loop, which has no end.
// Ends: blocked
const fs = require("node:fs");

function sizeOf(path) {
  let size = null;
  fs.stat(path, (error, stats) => {
    size = error ? 0 : stats.size;
  });
  for (;;) { // starves
    if (size !== null) break;
  }
  return size;
}

sizeOf(__filename);
