// A client of a server that answers with what it is told. Broken: it reads when it has written everything; as long as
// that fits into the buffers on the way, it works.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");

async function read(): Promise<number> {
  let bytes = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) bytes += chunk.length;
  return bytes;
}

async function write(): Promise<void> {
  const chunk = Buffer.alloc(form === "small" ? 1024 : 1024 * 1024);
  for (let nth = 0; nth < 64; nth++) {
    if (socket.write(chunk)) continue;
    await waiting("drain", once(socket, "drain"), { resource: "connection", holder: "reader of the answers" });
  }
  socket.end();
}

await serve(() =>
  scope(async (s) => {
    const reader = form === "fixed" ? s.spawn(read, { name: "reader" }) : undefined;
    await s.spawn(write, { name: "writer" });
    return await (reader ?? s.spawn(read, { name: "reader" }));
  }),
);
server.close();
