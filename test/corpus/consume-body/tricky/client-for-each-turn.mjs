// Each turn has a client of its own, so that no request waits for the connection of the one before it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { Client } from "undici";

const server = createServer((_request, response) => response.end("done")).listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://127.0.0.1:${server.address().port}`;

const statuses = [];
for (const method of ["GET", "PUT", "DELETE"]) {
  const client = new Client(origin);
  if (method === "PUT") {
    const { statusCode, body } = await client.request({ path: "/", method, body: "new" });
    statuses.push(statusCode);
    await body.dump();
  } else {
    const { statusCode, body } = await client.request({ path: "/", method });
    statuses.push(statusCode);
    await body.dump();
  }
  await client.close();
}
assert.deepEqual(statuses, [200, 200, 200]);
server.close();
