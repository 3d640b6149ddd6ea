// The client looks into a copy for an error before it gives the answer away; the answer itself is read by the caller.
// Ends: hang
// cf. sindresorhus/ky-universal#8
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fetch from "node-fetch";
import type { Response } from "node-fetch";

class Client {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  async get(path: string): Promise<Response> {
    const response = await fetch(this.#base + path);
    const text = await response.clone().text(); // starves
    if (text.startsWith("error")) throw new Error(text);
    return response;
  }
}

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Client(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
const response = await client.get("/levels");
const { length } = await response.text();
server.close();
if (length !== 512 * 1024) throw new Error(String(length));
