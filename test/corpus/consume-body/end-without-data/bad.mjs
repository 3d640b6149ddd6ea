// The end of a response is waited for, but nothing lets it flow: it never comes.
// Ends: hang
// cf. zanchin/node-http-perf#4
import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";

const server = http.createServer((_request, response) => response.end("x".repeat(2000))).listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 5 });
let answered = 0;

const measure = () =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const options = { port: server.address().port, agent };
    http.get(options, (response) => response.on("end", () => resolve(performance.now() - began))).on("error", reject); // starves
  }).then(() => (answered += 1));

await Promise.all(Array.from({ length: 8 }, measure)); // waits
assert.equal(answered, 8);
agent.destroy();
server.close();
