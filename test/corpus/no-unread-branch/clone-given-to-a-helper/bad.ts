// A helper of this file is awaited while it reads the copy; the answer itself is read only when it is done.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fetch from "node-fetch";
import type { Response } from "node-fetch";

const log: number[] = [];

async function record(copy: Response): Promise<void> {
  const bytes = await copy.arrayBuffer();
  log.push(bytes.byteLength);
}

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
const copy = response.clone();
await record(copy); // starves
const { length } = await response.text();
server.close();
if (log[0] !== length) throw new Error(log.join());
