// The gzip stream flows into the response from its first line on.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";

const rows = Array.from({ length: 5000 }, (_, id) => ({ id, token: randomBytes(64).toString("hex") }));
const server = createServer(async (_request, response) => {
  response.setHeader("content-encoding", "gzip");
  const gzip = createGzip();
  gzip.pipe(response);
  for (const row of rows) {
    if (!gzip.write(`${JSON.stringify(row)}\n`)) await once(gzip, "drain");
  }
  gzip.end();
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

const { port } = server.address() as AddressInfo;
const text = await (await fetch(`http://127.0.0.1:${port}/rows`)).text();
server.close();
if (text.split("\n").length !== 5001) throw new Error(`${text.length}`);
