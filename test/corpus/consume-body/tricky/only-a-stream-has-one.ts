// What is no stream has nothing that could hold the connection, and is put down as missing.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { Pool } from "undici";

const server = createServer((_request, response) => response.end("level ".repeat(40_000)));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, { connections: 1 });

async function load(): Promise<number> {
  const { body } = await pool.request({ path: "/", method: "GET" });
  if (body instanceof Readable) {
    return (await body.text()).length;
  }
  console.warn("no body");
  return 0;
}

assert.equal(await load(), 240_000);
assert.equal(await load(), 240_000);
await pool.close();
server.close();
