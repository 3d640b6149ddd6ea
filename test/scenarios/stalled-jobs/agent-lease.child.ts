// Two requests by one connection. Broken: nobody reads the first response, which has the connection until then.
import { once } from "node:events";
import { Agent, createServer, get } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

const server = createServer((_, response) => response.end(Buffer.alloc(300_000))).listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let holder = "nobody";

async function load(path: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const responded = new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, agent }, resolve).on("error", reject);
  });
  const response = await waiting("response", responded, { resource: path, holder });
  holder = `response of ${path}`;
  return response;
}

await serve(() =>
  scope(async (s) => {
    const first = await s.spawn(() => load("/status"), { name: "probe" });
    if (form === "fixed") first.resume();
    const second = await s.spawn(() => load("/pages"), { name: "crawler" });
    second.resume();
    await once(second, "end");
    return second.statusCode;
  }),
);
agent.destroy();
server.close();
