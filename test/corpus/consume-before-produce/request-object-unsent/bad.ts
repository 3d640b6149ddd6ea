// The Request owns the readable side, but is sent when all of its body should already have been written.
// Ends: hang
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
const writer = body.writable.getWriter();
for (const word of ["low ", "water"]) await writer.write(word); // starves
await writer.close();

const response = await fetch(request);
const answer = await response.text();
server.close();
if (answer !== "LOW WATER") throw new Error(answer);
