// The text is read once; whether it is JSON shows afterwards.
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const levels = JSON.stringify(Array.from({ length: 50_000 }, (_, level) => level));
const server = createServer((_request, response) => response.end(levels)).listen(0, "127.0.0.1");
await once(server, "listening");

async function load(url) {
  const response = await fetch(url);
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

const loaded = await load(`http://127.0.0.1:${server.address().port}/`);
server.close();
if (loaded.length !== 50_000) throw new Error(String(loaded.length));
