// All headers are waited for before the first body is read: a pool of two connections gives only two.
// Ends: hang
// cf. nodejs/undici#4364
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

const server = createServer((_request, response) => response.end("row\n".repeat(50_000))).listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, { connections: 2 });

async function rowsOf(paths: readonly string[]): Promise<number> {
  const requests = paths.map(async (path) => pool.request({ path, method: "GET" }));
  const responses = await Promise.all(requests); // starves
  let rows = 0;
  for (const { body } of responses) rows += (await body.text()).split("\n").length - 1;
  return rows;
}

assert.equal(await rowsOf(["/1", "/2", "/3", "/4"]), 200_000);
await pool.close();
server.close();
