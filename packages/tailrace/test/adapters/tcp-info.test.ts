// What the kernel says of sockets of the loopback interface, through koffi.
import { once } from "node:events";
import { createServer as createHttpServer, get } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import koffi from "koffi";
import { ArgumentError, writeScheduler } from "tailrace";
import { tcpInfo } from "tailrace/adapters";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

/** Where there are sockets of Node with descriptors, on Linux. */
const isPossible = process.platform === "linux" && !("bun" in process.versions) && !("deno" in process.versions);

const HOST = "127.0.0.1";
const CHUNK = Buffer.alloc(65_536);
const MANY = Buffer.alloc(16 * CHUNK.length);

async function listen(server: Server, path?: string): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => undefined)));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  });
  if (path === undefined) server.listen(0, HOST);
  else server.listen(path);
  await once(server, "listening");
  return path === undefined ? (server.address() as AddressInfo).port : 0;
}

async function connected(port: number): Promise<Socket> {
  const socket = createConnection(port, HOST);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, "connect");
  return socket;
}

describe.runIf(isPossible)("the kernel tells of a connection", () => {
  test("that has sent nothing, and of one whose reader stands still, what was not sent", async () => {
    const ask = tcpInfo(koffi);
    const server = createServer({ pauseOnConnect: true });
    const socket = await connected(await listen(server));

    const before = ask(socket);
    expect(before).toMatchObject({ unacked: 0, notSent: 0 });
    expect(before?.cwnd).toBeGreaterThanOrEqual(1);
    expect(before?.mss).toBeGreaterThanOrEqual(500);
    const all = 2 ** 26;
    socket.write(Buffer.alloc(all));

    const info = ask(socket);
    const { notSent = Infinity } = info ?? {};
    expect(notSent).toBeGreaterThan(CHUNK.length);
    expect(notSent + (info?.acked ?? Infinity)).toBeLessThan(all);
  });

  test("how much has arrived", async () => {
    const ask = tcpInfo(koffi);
    const server = createServer((socket) => socket.pipe(socket));
    const socket = await connected(await listen(server));
    let received = 0;
    const all = new Promise<void>((resolve) => {
      socket.on("data", ({ length }: Buffer) => {
        received += length;
        if (received === MANY.length) resolve();
      });
    });
    socket.write(MANY);
    await all;
    const { acked, notSent } = ask(socket) ?? {};
    expect({ acked, notSent }).toEqual({ acked: MANY.length + 1, notSent: 0 }); // the opening counts as a byte
  });

  test("under TLS", async () => {
    // Keys that both know need no certificate.
    const ciphers = { ciphers: "PSK-AES128-GCM-SHA256", maxVersion: "TLSv1.2" } as const;
    const psk = Buffer.alloc(16, 7);
    const server = createTlsServer({ ...ciphers, pskCallback: () => psk });
    const port = await listen(server);
    const socket = connectTls({
      ...ciphers,
      port,
      host: HOST,
      pskCallback: () => ({ psk, identity: "a" }),
      checkServerIdentity: () => undefined,
    });
    await once(socket, "secureConnect");
    expect(tcpInfo(koffi)(socket)?.cwnd).toBeGreaterThanOrEqual(1);
    socket.destroy();
    await once(socket, "close");
  });

  test("under a response of HTTP, until it is over", async () => {
    const ask = tcpInfo(koffi);
    const server = createHttpServer();
    const port = await listen(server);
    const asked = get({ port, host: HOST, agent: false });
    asked.on("response", (answer: IncomingMessage) => answer.resume());
    const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
    expect(ask(response)?.cwnd).toBeGreaterThanOrEqual(1);
    response.end();
    if (!response.destroyed) await once(response, "close");
    expect(ask(response)).toBeUndefined();
  });

  test("under a stream and a response of HTTP/2", async () => {
    const ask = tcpInfo(koffi);
    const server = createHttp2Server();
    const port = await listen(server);
    const client = connectHttp2(`http://${HOST}:${port.toString()}`);
    const stream = client.request();
    const [, response] = (await once(server, "request")) as [unknown, { end(): void; stream: unknown }];
    expect(ask(response)?.cwnd).toBeGreaterThanOrEqual(1);
    expect(ask(response.stream)?.cwnd).toBeGreaterThanOrEqual(1);
    expect(ask(stream)?.cwnd).toBeGreaterThanOrEqual(1);
    response.end();
    await once(stream.resume(), "close");
    client.close();
    await once(client, "close");
  });

  test("under a WebSocket of ws", async () => {
    const server = createHttpServer();
    const sockets = new WebSocketServer({ server });
    const client = new WebSocket(`ws://${HOST}:${(await listen(server)).toString()}`);
    onTestFinished(() => {
      client.terminate();
    });
    const ask = tcpInfo(koffi);
    const scheduler = writeScheduler({ tcpInfo: ask, limits: ["kernel"] });
    expect(scheduler.sink(client).stats.limit).toBe("kernel"); // it is still connecting
    const [[socket]] = (await Promise.all([once(sockets, "connection"), once(client, "open")])) as [
      [WebSocket],
      unknown,
    ];
    for (const target of [client, socket]) expect(ask(target)?.cwnd).toBeGreaterThanOrEqual(1);
    expect(scheduler.sink(socket).stats.limit).toBe("kernel");
  });

  test("but not of what has no open socket", async () => {
    const ask = tcpInfo(koffi);
    for (const target of [undefined, 7, {}, new WritableStream(), process.report, { socket: null, session: null }]) {
      expect(ask(target)).toBeUndefined();
    }
    const socket = await connected(await listen(createServer()));
    socket.destroy();
    await once(socket, "close");
    expect(ask(socket)).toBeUndefined();
  });

  test("and refuses to for a socket that is none of TCP, which a scheduler takes as a no", async () => {
    const ask = tcpInfo(koffi);
    const path = join(tmpdir(), `tailrace-tcp-info-${process.pid.toString()}`);
    await listen(createServer(), path);
    const socket = createConnection(path);
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, "connect");
    expect(() => ask(socket)).toThrow(/^tcpInfo: getsockopt of TCP_INFO has failed, error \d+$/u);
    expect(() => ask({ _handle: { fd: 1_000_000 } })).toThrow(/error 9$/u); // EBADF
    expect(writeScheduler({ tcpInfo: ask }).sink(socket).stats.limit).toBe("watermark");
  });

  test("so that a scheduler gives it no more than it can send, and all arrives", async () => {
    const scheduler = writeScheduler({ tcpInfo: tcpInfo(koffi), limits: ["kernel"] });
    let received = 0;
    const server = createServer((socket) => {
      socket.on("data", ({ length }: Buffer) => {
        received += length;
      });
      socket.on("end", () => socket.end());
    });
    const socket = await connected(await listen(server));
    const sink = scheduler.sink(socket);
    expect(sink.stats.limit).toBe("kernel");
    const lanes = [sink.lane(), sink.lane()];
    await Promise.all(
      lanes.map(async (lane) => {
        for (let nth = 0; nth < 50; nth++) await lane.send(CHUNK);
      }),
    );
    await sink.close();
    socket.end();
    await once(socket.resume(), "end");
    expect(received).toBe(100 * CHUNK.length);
  });
});

test("a platform that is not Linux says so at once", () => {
  vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  expect(() => tcpInfo(koffi)).toThrow(
    expect.objectContaining({
      code: "TAILRACE_NO_TCP_INFO",
      message: "tcpInfo: only Linux tells how a TCP connection stands, and this is darwin",
    }),
  );
});

test("something else than koffi is refused", () => {
  expect(() => tcpInfo(undefined as never)).toThrow(ArgumentError);
  expect(() => tcpInfo({} as never)).toThrow("koffi.load: was given undefined, wants a function");
});
