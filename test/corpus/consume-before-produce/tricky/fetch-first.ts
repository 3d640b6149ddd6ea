// fetch() sends its body from the moment of the call; the promise is awaited after the writes.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

const server = createServer(async (request, response) => {
  response.end(`${(await buffer(request)).length}`);
}).listen(0, "127.0.0.1");
await once(server, "listening");

const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const responding = fetch(url, { method: "PUT", body: readable, duplex: "half" });
const writer = writable.getWriter();
for (let block = 0; block < 8; block += 1) await writer.write(new Uint8Array(1000));
await writer.close();

const response = await responding;
const size = await response.text();
server.close();
if (size !== "8000") throw new Error(size);
