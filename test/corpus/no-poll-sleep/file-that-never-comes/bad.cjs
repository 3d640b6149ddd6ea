// The program that was to write the file has failed; the loop waits for the file.
// Ends: hang
const { execFile } = require("node:child_process");
const fs = require("node:fs");
const { promisify } = require("node:util");

const sleep = promisify(setTimeout);
const socketFile = `/tmp/tailrace-corpus-${process.pid}.sock`;
execFile("false", () => {});

(async () => {
  while (!fs.existsSync(socketFile)) { // starves
    await sleep(10); // waits
  }
})();
