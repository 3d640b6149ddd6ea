// The client leaves while the handler looks up who it is; "close" has come by then, and the handler waits for another.
// Ends: hang
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
  const user = await userOf(request.url);
  online.add(user);
  await once(response, "close"); // starves
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
server.close();
