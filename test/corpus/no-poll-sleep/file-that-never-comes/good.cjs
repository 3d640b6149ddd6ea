// The loop looks at the time as well.
const assert = require("node:assert");
const { execFile } = require("node:child_process");
const fs = require("node:fs");
const { promisify } = require("node:util");

const sleep = promisify(setTimeout);
const socketFile = `/tmp/tailrace-corpus-${process.pid}.sock`;
execFile("false", () => {});

async function socket() {
  const deadline = Date.now() + 50;
  while (!fs.existsSync(socketFile)) {
    if (Date.now() > deadline) throw new Error(`no ${socketFile}`);
    await sleep(10);
  }
}

assert.rejects(socket(), /no \/tmp/);
