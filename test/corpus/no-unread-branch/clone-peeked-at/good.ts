// The body is read once, and what was read is given to the caller.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fetch from "node-fetch";

class Client {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  async get(path: string): Promise<string> {
    const response = await fetch(this.#base + path);
    const text = await response.text();
    if (text.startsWith("error")) throw new Error(text);
    return text;
  }
}

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Client(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
const { length } = await client.get("/levels");
server.close();
if (length !== 512 * 1024) throw new Error(String(length));
