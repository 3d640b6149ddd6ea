// Both copies are read at the same time.
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
const logged = response.clone();
const [body, copy] = await Promise.all([response.text(), logged.text()]);
server.close();
if (body !== copy) throw new Error("not the same");
