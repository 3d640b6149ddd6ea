// node-fetch reads both copies from one stream: the one that nobody reads yet is full after 16 KiB, and stops the other.
// Ends: hang
// cf. node-fetch/node-fetch#1131
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
const logged = response.clone();
const body = await response.text(); // starves
const copy = await logged.text();
server.close();
if (body !== copy) throw new Error("not the same");
