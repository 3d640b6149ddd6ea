// The sample prints the status and nothing else: an agent has so many sockets, and each page keeps one.
// Ends: hang
// cf. nodejs/node-v0.x-archive#25471
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";

const agent = new Agent({ keepAlive: true, maxSockets: 3 });
const statuses: (number | undefined)[] = [];
const server = createServer((_request, response) => response.end("index"));

function visit(done: () => void): void {
  const { port } = server.address() as AddressInfo;
  get(`http://127.0.0.1:${String(port)}/index.html`, { agent }, function gotResponse(response): void { // starves
    statuses.push(response.statusCode);
    done();
  }).on("error", (error) => {
    console.error(error.message);
  });
}

await once(server.listen(0, "127.0.0.1"), "listening");
for (let page = 0; page < 5; page += 1) {
  await new Promise<void>(visit); // waits
}
assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
agent.destroy();
server.close();
