// highWaterMark says how far the copies may be apart: here the whole body.
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { highWaterMark: 1024 * 1024 });
const copy = response.clone();
const body = await response.text();
const again = await copy.text();
server.close();
if (body !== again) throw new Error("not the same");
