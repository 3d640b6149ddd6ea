// HTTP messages of Node are almost streams. One that is corked does not say that its socket is full.
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { writeScheduler } from "tailrace";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

/** Both ends of a response: of what the client is told nothing is read, unless the test does so. */
async function exchange(headers: Record<string, string>): Promise<[ServerResponse, IncomingMessage]> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await within(once(server, "listening"));
  const { port } = server.address() as AddressInfo;
  const asked = once(server, "request") as Promise<[IncomingMessage, ServerResponse]>;
  const answered = once(request({ port, host: "127.0.0.1", agent: false }).end(), "response") as Promise<
    [IncomingMessage]
  >;
  const [, response] = await within(asked);
  response.writeHead(200, headers);
  response.flushHeaders();
  const [incoming] = await within(answered);
  onTestFinished(async () => {
    incoming.destroy();
    server.closeAllConnections();
    server.close();
    await within(once(server, "close"));
  });
  return [response, incoming];
}

const CHUNK = 32_768;

/** In Bun 1.4 the socket of a response is a stand-in: the server writes past it, and joins what comes in one turn. */
const isWrittenToSocket = !("Bun" in globalThis);

describe.for<[string, Record<string, string>]>([
  ["in chunks", {}],
  ["of a known length", { "content-length": "1000000000" }],
])("a response %s", ([, headers]) => {
  test("that is not read holds no more than its buffer does, and all that was sent once it is", async () => {
    const [response, incoming] = await exchange(headers);
    const sink = writeScheduler().sink(response);
    const lane = sink.lane({ maxQueued: 4 * CHUNK });
    let sent = 0;
    let most = 0;
    // What the kernel takes is bounded; 64 MiB is far beyond that.
    for (let refused = 0; refused < 100 && sent < 2000;) {
      if (lane.trySend(Buffer.alloc(CHUNK, sent))) sent++;
      else refused++;
      await turn();
      most = Math.max(most, response.writableLength);
    }
    expect(sent).toBeLessThan(2000);
    expect(most).toBeLessThanOrEqual(response.writableHighWaterMark + CHUNK + 16);
    expect(sink.stats.state).toBe("waiting-to-write");

    const closed = lane.close();
    let received = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received === sent * CHUNK) break;
    }
    await within(closed);
    expect(received).toBe(sent * CHUNK);
  });

  test("gives the chunks of a run to its socket together", async () => {
    const [response, incoming] = await exchange(headers);
    const { socket } = response;
    if (socket === null) throw new Error("the response has a socket until it ends");
    const written = vi.spyOn(socket, "_writev");
    const sink = writeScheduler().sink(response);
    for (const name of ["a", "b", "c"]) sink.lane({ name }).trySend(name);
    await within(sink.close());
    let text = "";
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text.length >= 3) break;
    }
    expect(text).toBe("abc");
    if (isWrittenToSocket) expect(written).toHaveBeenCalledOnce();
    expect([response.writableCorked, socket.writableCorked]).toEqual([0, 0]);
  });
});
