// The copy is read by a function that runs already when the original is awaited.
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
const copy = response.clone();
const sizes = [];
const logged = (async () => {
  for await (const chunk of copy.body) sizes.push(chunk.length);
})();
const { length } = await response.text();
await logged;
server.close();
if (sizes.reduce((sum, size) => sum + size, 0) !== length) throw new Error("incomplete");
