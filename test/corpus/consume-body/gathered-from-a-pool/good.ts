// Each body is read in the function that asks for it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

const server = createServer((_request, response) => response.end("row\n".repeat(50_000))).listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, { connections: 2 });

async function rowsOf(paths: readonly string[]): Promise<number> {
  const counts = paths.map(async (path) => {
    const { body } = await pool.request({ path, method: "GET" });
    return (await body.text()).split("\n").length - 1;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

assert.equal(await rowsOf(["/1", "/2", "/3", "/4"]), 200_000);
await pool.close();
server.close();
