// The `fetch` may be replaced by tests; the timer is cleared when it resolves, and the body stalls unobserved.
// Ends: hang
// cf. atomantic/PortOS#7236
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
    let response: Response;
    try {
      response = await doFetch(target, { signal });
    } finally {
      clearTimeout(timer); // starves
    }
    const data: unknown = await response.json(); // waits
    return data;
  };
}

await createClient()(url);

server.closeAllConnections();
server.close();
