// The handler ends the exchange itself, right before it waits for "close": that comes in a later turn.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const served = [];
const server = createServer(async (request, response) => {
  await sleep(10);
  response.end("page");
  await once(response, "close");
  served.push(request.url);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const page = await fetch(`http://127.0.0.1:${server.address().port}/page`, { headers: { connection: "close" } });
assert.equal(await page.text(), "page");
await sleep(20);
assert.deepEqual(served, ["/page"]);
server.close();
