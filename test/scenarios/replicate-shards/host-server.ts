import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Receipt } from "./replicate.ts";

export interface HostBehaviour {
  /** Bytes a second that it takes; default: as many as come. */
  readonly rate?: number;
  /** After so many bytes it answers with an error status, closes the connection, or takes nothing more. */
  readonly fault?: { readonly after: number; readonly how: "status" | "close" | "stall" };
}

export interface HostServer {
  readonly url: string;
  /** Uploads that were stored whole. */
  readonly stored: number;
  /** Uploads that ended before their end. */
  readonly aborted: number;
  close(): Promise<void>;
}

/** Serves a host on the loopback interface: it takes a streamed body and answers with a receipt. */
export async function serveHost(name: string, { rate = Infinity, fault }: HostBehaviour = {}): Promise<HostServer> {
  let stored = 0;
  let aborted = 0;

  async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hash = createHash("sha256");
    const started = performance.now();
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      if (fault !== undefined && bytes >= fault.after) {
        if (fault.how === "status") response.writeHead(507, { connection: "close" }).end("no space left");
        if (fault.how === "close") request.destroy();
        if (fault.how === "stall") await once(request, "close");
        return;
      }
      const ahead = started + (bytes / rate) * 1000 - performance.now();
      if (ahead > 1) await delay(ahead);
    }
    stored += 1;
    const receipt: Receipt = { host: name, bytes, sha256: hash.digest("hex") };
    response.writeHead(201, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(receipt));
  }

  const server = createServer((request, response) => {
    request.once("close", () => {
      if (!request.complete) aborted += 1;
    });
    store(request, response).catch(() => request.destroy()); // the sender went away
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    get stored() {
      return stored;
    },
    get aborted() {
      return aborted;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
