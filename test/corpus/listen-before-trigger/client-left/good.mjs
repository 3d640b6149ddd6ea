// The promise of "close" is made before anything is awaited, and awaited where it was.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const users = new Map([["/ann", "ann"]]);
const asked = Promise.withResolvers();
async function userOf(path) {
  asked.resolve();
  await sleep(400);
  return users.get(path);
}

const online = new Set();
const left = Promise.withResolvers();
const server = createServer(async (request, response) => {
  const closed = once(response, "close");
  const user = await userOf(request.url);
  online.add(user);
  await closed;
  online.delete(user);
  left.resolve();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const controller = new AbortController();
const visit = fetch(`http://127.0.0.1:${server.address().port}/ann`, { signal: controller.signal });
await asked.promise;
controller.abort();
await visit.catch(() => undefined);
await left.promise;
assert.equal(online.size, 0);
server.close();
