// The body is read within the deadline, whichever `fetch` it is.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

interface Options {
  readonly fetch?: typeof globalThis.fetch;
}

function createClient(options: Options = {}) {
  const doFetch = options.fetch ?? globalThis.fetch;
  return async (target: string): Promise<unknown> => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => controller.abort(), 600);
    try {
      const response = await doFetch(target, { signal });
      const data: unknown = await response.json();
      return data;
    } finally {
      clearTimeout(timer);
    }
  };
}

const outcome = await createClient()(url).catch((error: Error) => error.name);
if (outcome !== "AbortError") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
