// The second request waits until the first is answered: that is an earlier call of the same function.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let announce = (): void => {};
const announced = new Promise<void>((resolve) => {
  announce = resolve;
});

const server = createServer(async (request, response) => {
  if (request.url === "/recovery") await announced;
  response.end(request.url);
  announce();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const recovered = fetch(`${origin}/recovery`);
await fetch(`${origin}/first`);
assert.equal(await (await recovered).text(), "/recovery");
server.close();
server.closeAllConnections();
