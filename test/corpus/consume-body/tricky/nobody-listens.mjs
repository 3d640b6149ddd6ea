// Without a listener for its response Node lets the body through by itself.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

let asked = 0;
const server = http.createServer((_request, response) => {
  asked += 1;
  response.end("warm");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const options = { port: server.address().port, agent };
for (let turn = 0; turn < 3; turn += 1) {
  const request = http.get(options);
  request.on("error", (error) => console.error(error));
  await once(request, "close");
}
assert.equal(asked, 3);
agent.destroy();
server.close();
