// The reproducer of a pool that stands still on one core: here it ends in every cell of the matrix.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { join } from "node:path";
import { limit } from "tailrace";
import { describe, expect, test } from "vitest";
import { run } from "../../e2e/run.ts";
import type { Ended } from "../../e2e/run.ts";
import { freePort } from "../../servers/daemon.ts";
import { environmentOf } from "../../servers/environment.ts";

const redis = await environmentOf("redis");
const port = Number(redis?.["REDIS_PORT"]);
const address = `127.0.0.1:${port.toString()}`;

/** Programs that run at a time. */
const some = limit(2);

function start(args: readonly string[], threads = 4, program = "main.ts"): Promise<Ended> {
  const cwd = import.meta.dirname;
  const all = ["--conditions=tailrace-source", "--no-warnings", join(cwd, program), ...args];
  return some(() => run(process.execPath, all, { cwd, env: { UV_THREADPOOL_SIZE: threads.toString() } }));
}

const steps = (...names: string[]): string => names.map((name) => `> ${name}\n< ${name}\n`).join("");

const ALONE = `${steps("connect", "check the connection", "set the key", "read the key")}greeting: hello\n`;
const POOLED = `${steps(
  "build the pool",
  "empty the key",
  "worker 1 appends",
  "worker 2 appends",
  "read the key",
)}workers: worker 1;worker 2;\n`;

describe.runIf(redis !== undefined)("with a Redis", () => {
  // One key for all of them: they run one after the other.
  test("ends with every number of threads, with and without the pool, in a worker, too", async () => {
    for (const threads of [1, 2, 4]) {
      for (const program of ["main.ts", "in-worker.child.ts"]) {
        expect(await start(["-r", address], threads, program)).toMatchObject({ code: 0, stdout: ALONE, stderr: "" });
        const pooled = await start(["-r", address, "--enable-connection-pool"], threads, program);
        expect(pooled).toMatchObject({ code: 0, stdout: POOLED, stderr: "" });
      }
    }
  });

  test("that dies in the middle, it fails at once", async () => {
    await using server = await listen((socket, self) => {
      const upstream = connect(port, "127.0.0.1");
      const end = (): void => {
        socket.destroy();
        upstream.destroy();
      };
      upstream.pipe(socket);
      upstream.on("error", end);
      socket.on("data", (data) => {
        if (!data.includes("worker 1")) return;
        self.close();
        end();
      });
      socket.pipe(upstream);
    });
    const { code, stdout, stderr } = await start(pooledAt(server));
    expect([code, stdout.split("\n").at(-2)]).toEqual([1, "> worker 1 appends"]);
    expect(stderr).toMatch(/^failed: Connection is closed/u);
  });
});

describe("a pool that is never built says why", () => {
  test("the server accepts and never answers", async () => {
    await using server = await listen(() => undefined);
    const { code, stderr } = await start(pooledAt(server));
    expect([code, stderr.replaceAll(/\d+ ms/gu, "… ms")]).toEqual([
      1,
      'failed: ready on pool "redis" (1 slot: 1 spawning) waited … ms for its first instances; ' +
        "spawn of slot 1 was started … ms ago and has not returned\n",
    ]);
  });

  test("nobody listens", async () => {
    const { code, stderr } = await start(pooled(await freePort()));
    expect(code).toBe(1);
    expect(stderr).toMatch(/spawn has failed (?:once|twice|\d+ times), at last with: connect ECONNREFUSED/u);
  });

  test("the server hangs up", async () => {
    await using server = await listen((socket) => socket.destroy());
    const { code, stderr } = await start(pooledAt(server));
    expect(code).toBe(1);
    expect(stderr).toMatch(/spawn has failed (?:once|\d+ times), at last with: /u);
  });
});

test.each([
  [["--enable-connection-pool"], "--redis-host is missing\nusage: "],
  [["-r", "x", "y"], "Unexpected argument 'y'"],
  [["--redis-host"], "Option '-r, --redis-host <value>' argument missing\nusage: "],
  [["-r", "x", "--connection-timeout", "soon"], "--connection-timeout wants a number of milliseconds above 0\nusage: "],
])("%j is refused", async (args, message) => {
  const { code, stderr } = await start(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("--help tells the options", async () => {
  expect(await start(["-h"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^usage: /u) as unknown });
});

function pooled(to: number): readonly string[] {
  return ["-r", `127.0.0.1:${to.toString()}`, "--enable-connection-pool", "--connection-timeout", "400"];
}

function pooledAt(server: Server): readonly string[] {
  return pooled((server.address() as AddressInfo).port);
}

/** A server of the loopback interface that ends with all its connections. */
async function listen(onConnection: (socket: Socket, self: Server) => void): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket, server);
  });
  server.on("close", () => {
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(server, {
    [Symbol.asyncDispose]: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  });
}
