// fetch() is called before the body is written: it sends while we write.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const server = createServer(async (request, response) => response.end((await text(request)).toUpperCase()));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const body = new TextEncoderStream();
const request = new Request(url, { method: "POST", body: body.readable, duplex: "half" });
const responded = fetch(request);
const writer = body.writable.getWriter();
for (const word of ["low ", "water"]) await writer.write(word);
await writer.close();

const response = await responded;
const answer = await response.text();
server.close();
if (answer !== "LOW WATER") throw new Error(answer);
