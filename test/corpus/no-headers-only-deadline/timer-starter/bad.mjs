// A helper starts the timer for a controller that it is given; it is cleared before the page has come.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";

// Sends the headers and the beginning of a page, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write("<html>")).listen(0, "127.0.0.1");
await once(server, "listening");

function abortAfter(controller, ms) {
  const timer = setTimeout(() => controller.abort(), ms);
  timer.unref();
  return timer;
}

async function page(url) {
  const controller = new AbortController();
  const timer = abortAfter(controller, 300);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer); // starves
  return await response.text(); // waits
}

await page(`http://127.0.0.1:${server.address().port}/`);
server.closeAllConnections();
server.close();
