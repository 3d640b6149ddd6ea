// The handler drains into a gzip stream that is piped to the response only at the end; the client waits with it.
// Ends: hang
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";

const rows = Array.from({ length: 5000 }, (_, id) => ({ id, token: randomBytes(64).toString("hex") }));
const server = createServer(async (_request, response) => {
  response.setHeader("content-encoding", "gzip");
  const gzip = createGzip();
  for (const row of rows) {
    if (!gzip.write(`${JSON.stringify(row)}\n`)) await once(gzip, "drain"); // starves
  }
  gzip.end();
  gzip.pipe(response);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

const { port } = server.address() as AddressInfo;
const text = await (await fetch(`http://127.0.0.1:${port}/rows`)).text();
server.close();
if (text.split("\n").length !== 5001) throw new Error(`${text.length}`);
