// The reload only has to be answered: nobody takes the response, and after as many reloads as the agent has sockets none goes out.
// Ends: hang
// cf. milankinen/livereactload#11
const assert = require("node:assert/strict");
const http = require("node:http");
const { promisify } = require("node:util");

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
let reloads = 0;
const server = http.createServer((_request, response) => response.end(`reload ${String(++reloads)}`));

function reload(port, done) {
  http.get({ host: "127.0.0.1", port, agent }, () => done(null)); // starves
}

async function main() {
  const { port } = server.address();
  for (let left = 4; left > 0; left -= 1) {
    await promisify(reload)(port); // waits
  }
  assert.equal(reloads, 4);
  agent.destroy();
  server.close();
}

server.listen(0, "127.0.0.1", main);
