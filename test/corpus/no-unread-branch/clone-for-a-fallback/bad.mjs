// A copy is kept in case the body is no JSON: unread, it stops the reading at 16 KiB, whatever the body is.
// Ends: hang
// cf. node-fetch/node-fetch#139, microsoft/FluidFramework#10099
import { once } from "node:events";
import { createServer } from "node:http";
import fetch from "node-fetch";

const levels = JSON.stringify(Array.from({ length: 50_000 }, (_, level) => level));
const server = createServer((_request, response) => response.end(levels)).listen(0, "127.0.0.1");
await once(server, "listening");

async function load(url) {
  const response = await fetch(url);
  const copy = response.clone();
  try {
    return await response.json(); // starves
  } catch {
    return { text: await copy.text() };
  }
}

const loaded = await load(`http://127.0.0.1:${server.address().port}/`);
server.close();
if (loaded.length !== 50_000) throw new Error(String(loaded.length));
