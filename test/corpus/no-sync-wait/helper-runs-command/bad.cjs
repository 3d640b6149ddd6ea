// The helper runs whatever it is given and waits for it; what it is given here asks this process.
// Ends: blocked
// cf. nodejs/node-v0.x-archive#25810
const cp = require("node:child_process");
const { createServer } = require("node:http");

function run(script, ...values) {
  return cp.execFileSync(process.execPath, ["-e", script, ...values]).toString(); // starves
}

const get = "fetch(process.argv[1]).then((response) => response.text()).then(console.log)";
const server = createServer((request, response) => {
  response.end("pong");
});
server.listen(0, () => {
  const url = "http://localhost:" + server.address().port + "/ping";
  run(get, url);
  server.close();
});
