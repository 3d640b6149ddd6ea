// What real connections are written to as: HTTP, HTTP/2, WebSockets, sockets that connect, fail, and never read.
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import * as http2 from "node:http2";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { LaneClosedError, writeScheduler } from "tailrace";
import type { WriteSink } from "tailrace";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { within } from "../deadline.ts";

const LINES = 2000;

/** A port of this machine on which the server listens, until the test is over. */
async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function httpServer(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
  });
  return listening(server);
}

async function tcpPair(): Promise<{ near: Socket; far: Socket }> {
  const server = createTcpServer();
  const port = await listening(server);
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const near = connect(port, "127.0.0.1");
  const [far] = await accepted;
  onTestFinished(() => {
    near.destroy();
    far.destroy();
  });
  return { near, far };
}

/** Two lanes send so many lines each, and close. */
async function sendLines(sink: WriteSink<string>, closes = true): Promise<void> {
  const lanes = ["a", "b"].map((name) => sink.lane({ name, maxQueued: 4096 }));
  await Promise.all(
    lanes.map(async (lane) => {
      for (let line = 0; line < LINES; line++) await lane.send(`${lane.name} ${line.toString()}\n`);
      await lane.close();
    }),
  );
  if (closes) await sink.close();
}

function expectLines(received: string): void {
  const lines = received.trimEnd().split("\n");
  for (const name of ["a", "b"]) {
    const own = lines.filter((line) => line.startsWith(name));
    expect(own).toEqual(Array.from({ length: LINES }, (_, line) => `${name} ${line.toString()}`));
  }
  expect(lines).toHaveLength(2 * LINES);
}

test("an HTTP response", async () => {
  const scheduler = writeScheduler();
  const port = await httpServer((_request, response) => {
    void sendLines(scheduler.sink<string>(response)).then(() => response.end());
  });
  const [response] = (await once(get({ port, host: "127.0.0.1" }), "response")) as [IncomingMessage];
  expectLines(await within(text(response)));
});

test("an HTTP/2 stream", async () => {
  const scheduler = writeScheduler();
  const server = http2.createServer();
  server.on("stream", (stream) => {
    stream.respond();
    void sendLines(scheduler.sink<string>(stream)).then(() => stream.end());
  });
  const session = http2.connect(`http://127.0.0.1:${(await listening(server)).toString()}`);
  onTestFinished(() => {
    session.destroy();
  });
  expectLines(await within(text(session.request())));
});

test.each([0, 200])("a WebSocket, whose server reads after %i messages", async (pauseAt) => {
  const scheduler = writeScheduler();
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const port = await listening(server);
  const client = new WebSocket(`ws://127.0.0.1:${port.toString()}`);
  const sink = scheduler.sink<string | Uint8Array>(client); // it is still connecting
  const [socket] = (await once(sockets, "connection")) as [WebSocket];
  const received: string[] = [];
  const bulk = new Uint8Array(100_000);
  let messages = 0;
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (++messages === pauseAt) {
      socket.pause();
      setImmediate(() => {
        socket.resume();
      });
    }
    if (isBinary) expect(data.length).toBe(bulk.length);
    else received.push(data.toString());
  });
  const ended = once(socket, "close");
  const binary = sink.lane({ name: "binary" });
  const sendsBulk = (async () => {
    for (let sent = 0; sent < 50; sent++) await binary.send(bulk);
    await binary.close();
  })();
  await within(Promise.all([sendsBulk, sendLines(sink, false)]));
  await sink.close();
  client.close();
  await within(ended);
  expectLines(received.join(""));
});

test("a WebSocket that is closed by its peer", async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const client = new WebSocket(`ws://127.0.0.1:${(await listening(server)).toString()}`);
  const lane = writeScheduler().sink<string>(client, { name: "client" }).lane({ name: "chat", maxQueued: 10 });
  const [socket] = (await once(sockets, "connection")) as [WebSocket];
  socket.close(4001, "enough");
  await once(client, "close");
  const refused = lane.send("late");
  await expect(refused).rejects.toThrow(LaneClosedError);
  await expect(refused).rejects.toMatchObject({
    message: 'send on lane "chat" of sink "client": the stream of the sink has failed',
    cause: { message: "the WebSocket was closed: 4001 enough" },
  });
});

test("a connection that cannot be made", async () => {
  const server = createTcpServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  const socket = connect(port, "127.0.0.1");
  const chunk = new Uint8Array(socket.writableHighWaterMark);
  const lane = writeScheduler()
    .sink(socket)
    .lane({ maxQueued: 2 * chunk.length });
  for (let sent = 0; sent < 2; sent++) await lane.send(chunk); // there is room in the queue; the socket takes one
  await expect(within(lane.close())).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
});

test("a peer that goes away while others wait to send", async () => {
  const { near, far } = await tcpPair();
  const lane = writeScheduler().sink(near).lane();
  const chunk = new Uint8Array(65_536);
  const sends = (async () => {
    for (;;) await lane.send(chunk);
  })();
  far.once("data", () => {
    far.resetAndDestroy();
  });
  await expect(within(sends)).rejects.toThrow(LaneClosedError);
  await expect(sends).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/^(?:ECONNRESET|EPIPE)$/) as string },
  });
});

test("a reader that never reads holds its bound of memory, and nobody else", async () => {
  const scheduler = writeScheduler();
  const deaf = await tcpPair();
  const quick = await tcpPair();
  deaf.far.pause();
  const chunk = new Uint8Array(65_536);
  const stuck = scheduler.sink(deaf.near, { name: "deaf" }).lane({ maxQueued: 100_000 });
  const blocked = (async () => {
    for (;;) await stuck.send(chunk);
  })();
  let sent = 0;
  const flowing = scheduler.sink(quick.near).lane();
  let received = 0;
  quick.far.on("data", (data: Buffer) => (received += data.length));
  const done = once(quick.far, "end");
  for (; sent < 500; sent++) await within(flowing.send(chunk));
  await within(flowing.close());
  quick.near.end();
  await within(done);
  expect(received).toBe(500 * chunk.length);
  while (scheduler.stats.pending > 0) await new Promise(setImmediate);
  expect(deaf.near.writableLength).toBeLessThanOrEqual(deaf.near.writableHighWaterMark + chunk.length);
  expect(stuck.stats.queued).toBeLessThanOrEqual(100_000);
  expect(stuck.stats.waiting).toBe(1);
  scheduler.check();
  deaf.near.destroy();
  await expect(within(blocked)).rejects.toThrow("the stream of the sink has ended");
  expect(() => scheduler.sink(deaf.near).lane()).toThrow("the stream of the sink has ended");
});

test("nobody is told of a response twice that its client gives up", async () => {
  const scheduler = writeScheduler();
  const responses: ServerResponse[] = [];
  const port = await httpServer((_request, response) => {
    responses.push(response);
    response.flushHeaders();
  });
  const request = get({ port, host: "127.0.0.1" });
  await once(request, "response");
  const [response] = responses;
  if (response === undefined) throw new Error("no response");
  const sink = scheduler.sink(response);
  const lane = sink.lane();
  request.destroy();
  await once(response, "close");
  await expect(lane.send("late")).rejects.toThrow("the stream of the sink has ended");
  await expect(sink.close()).rejects.toThrow(LaneClosedError);
  expect(scheduler.stats.sinks).toBe(0);
});

test.runIf("WebSocket" in globalThis)("the WebSocket of the platform", async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const client = new globalThis.WebSocket(`ws://127.0.0.1:${(await listening(server)).toString()}`);
  const sink = writeScheduler().sink<string>(client);
  const [socket] = (await once(sockets, "connection")) as [WebSocket];
  const received: string[] = [];
  socket.on("message", (data: Buffer) => received.push(data.toString()));
  const ended = once(socket, "close");
  await within(sendLines(sink));
  client.close();
  await within(ended);
  expectLines(received.join(""));
});
