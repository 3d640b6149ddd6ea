// The timer runs until the body is there, and where something fails no body is read any more.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;

async function load(): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    const reader = response.body?.getReader();
    if (!reader) throw new Error("no body");
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    clearTimeout(timer);
    return text;
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

const text = await load();
if (text !== '{"size":1}') throw new Error(text);

server.closeAllConnections();
server.close();
