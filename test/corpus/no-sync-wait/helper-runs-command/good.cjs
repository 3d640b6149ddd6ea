// The helper gives a promise.
const assert = require("node:assert");
const cp = require("node:child_process");
const { createServer } = require("node:http");
const { promisify } = require("node:util");

async function run(script, ...values) {
  const { stdout } = await promisify(cp.execFile)(process.execPath, ["-e", script, ...values]);
  return stdout;
}

const get = "fetch(process.argv[1]).then((response) => response.text()).then(console.log)";
const server = createServer((request, response) => {
  response.end("pong");
});
server.listen(0, async () => {
  const url = "http://localhost:" + server.address().port + "/ping";
  assert.equal(await run(get, url), "pong\n");
  server.close();
  server.closeAllConnections();
});
