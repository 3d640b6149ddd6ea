// There is a synchronous function.
const assert = require("node:assert");
const fs = require("node:fs");

function sizeOf(path) {
  return fs.statSync(path).size;
}

assert.ok(sizeOf(__filename) > 0);
