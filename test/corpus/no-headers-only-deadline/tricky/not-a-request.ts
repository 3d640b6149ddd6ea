// What is aborted is a job of this process: when it resolves, it is done.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function job({ signal }: { signal: AbortSignal }): Promise<{ text: string }> {
  const response = await fetch(url, { signal });
  return { text: await response.text() };
}

const controller = new AbortController();
const timer = setTimeout(() => controller.abort(), 1000);
const result = await job({ signal: controller.signal });
clearTimeout(timer);
if (result.text !== '{"size":1}') throw new Error(result.text);

server.closeAllConnections();
server.close();
