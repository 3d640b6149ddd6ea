// The server listens at once, but says so by an event, which cannot come before the deadline of this loop has passed.
// Ends: exit 1
// Fails: the server is up in time
import assert from "node:assert";
import { createServer } from "node:net";

const up = { http: false };
const server = createServer();
server.on("listening", () => {
  up.http = true;
});
server.listen(0, "127.0.0.1");

function waitUntilUp(limit: number): boolean {
  const start = Date.now();
  while (!up.http && Date.now() - start < limit) {} // starves
  return up.http;
}

const inTime = waitUntilUp(100);
server.close();
assert.ok(inTime, "the server is up in time");
