import { once } from "node:events";
import { createServer, get } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { roundRobin, writeScheduler } from "tailrace";
import type { Lane } from "tailrace";

// #region server
interface Client {
  readonly name: string;
  readonly lane: Lane;
  readonly response: ServerResponse;
  lost: number;
}

const MOST_LOST = 10;
const scheduler = writeScheduler({ policy: roundRobin() });
const clients = new Set<Client>();

const server = createServer(({ url: name = "" }, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
  const lane = scheduler.sink(response, { name }).lane({ name: "events", maxQueued: 1_000_000 });
  const client: Client = { name, lane, response, lost: 0 };
  clients.add(client);
  response.once("close", () => clients.delete(client));
});

function publish(number: number, data: string): void {
  const event = Buffer.from(`id: ${number}\ndata: ${data}\n\n`); // one for all
  for (const client of clients) {
    if (client.lane.trySend(event) || ++client.lost < MOST_LOST) continue;
    console.log(`${client.name} is cut off`);
    client.response.destroy();
  }
}
// #endregion

server.listen(0, "127.0.0.1");
await once(server, "listening");

/** Somebody who connects. */
async function visit(name: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ host: "127.0.0.1", port, path: name, agent: false }), "response")) as [
    IncomingMessage,
  ];
  return response;
}

const silent = await visit("/silent"); // and never reads
silent.on("error", () => undefined);
const lines = createInterface({ input: await visit("/reader") })[Symbol.asyncIterator]();
let read = 0;
for (let number = 1; clients.size === 2; number++) {
  publish(number, "x".repeat(100_000));
  while ((await lines.next()).value !== "") read++; // an event ends with an empty line
}
const [reader] = clients;
console.log(`${reader?.name} has lost ${reader?.lost} of ${read > MOST_LOST ? "many" : "few"}`);
server.closeAllConnections();
server.close();
// prints /silent is cut off
// prints /reader has lost 0 of many
