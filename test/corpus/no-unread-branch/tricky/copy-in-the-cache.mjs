// The copy is stored before the original is read; whoever has it reads it while the original is read.
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const cache = new Map();
const store = {
  put(url, response) {
    cache.set(url, response.arrayBuffer());
  },
};

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
const response = await fetch(url);
store.put(url, response.clone());
const { length } = await response.text();
const { byteLength } = await cache.get(url);
server.close();
if (length !== byteLength) throw new Error(String(byteLength));
