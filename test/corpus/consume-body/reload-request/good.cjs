// The response is let through, and the next reload begins at its end.
const assert = require("node:assert/strict");
const http = require("node:http");
const { promisify } = require("node:util");

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
let reloads = 0;
const server = http.createServer((_request, response) => response.end(`reload ${String(++reloads)}`));

function reload(port, done) {
  http.get({ host: "127.0.0.1", port, agent }, (response) => response.resume().on("end", () => done(null)));
}

async function main() {
  const { port } = server.address();
  for (let left = 4; left > 0; left -= 1) {
    await promisify(reload)(port);
  }
  assert.equal(reloads, 4);
  agent.destroy();
  server.close();
}

server.listen(0, "127.0.0.1", main);
