// A number goes to another process and comes back.
import { fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createMVar } from "tailrace/processes";
import type { Bench } from "../harness/bench.ts";

const CHILD = fileURLToPath(new URL("mvar-processes.child.ts", import.meta.url));
const OPTIONS = [...process.execArgv, "--disable-warning=ExperimentalWarning"];

/** Bytes of a message over the bare socket: those of a number in ours. */
const SIZE = 24;

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...OPTIONS, CHILD, ...args], { stdio: "inherit" });
}

/** Calls a function for each number, one after the other, and counts those that come back. */
async function countBack(items: number, bounce: (item: number) => Promise<number>): Promise<number> {
  let back = 0;
  for (let item = 0; item < items; item++) if ((await bounce(item)) === item) back++;
  return back;
}

/** What of a run counts: not the start of the other process. */
async function timed(
  items: number,
  bounce: (item: number) => Promise<number>,
): Promise<{ result: number; figure: number }> {
  await countBack(Math.ceil(items / 10), bounce);
  const began = performance.now();
  const result = await countBack(items, bounce);
  return { result, figure: ((performance.now() - began) * 1e6) / items };
}

async function byMVars(items: number, way: "ahead" | "in turn"): Promise<{ result: number; figure: number }> {
  await using ping = await createMVar<number>();
  await using pong = await createMVar<number>();
  const child = start(way, ping.name, pong.name);
  const exit = once(child, "exit");
  const outcome = await timed(items, async (item) => {
    await ping.put(item);
    return await pong.take();
  });
  await ping.put(-1);
  await exit;
  return outcome;
}

/** Rounds: each takes a hundred times as long as between tasks. */
const operations = 5_000;

export const subjects: Bench["subjects"] = [
  {
    package: "tailrace",
    calls: "processes, there and back, asked ahead",
    operations,
    note: "the other process asks for the next before it answers",
    run: (items) => byMVars(items, "ahead"),
  },
  {
    package: "tailrace",
    calls: "processes, there and back, in turn",
    operations,
    note: "the other process waits for its put before it asks for the next",
    run: (items) => byMVars(items, "in turn"),
  },
  {
    package: "node",
    calls: "Unix socket, there and back",
    operations,
    note: "floor: bytes only, for one each, nobody waits, nobody dies",
    async run(items) {
      const path = join(tmpdir(), `tailrace-bench-${process.pid.toString()}.sock`);
      const server = createServer();
      server.listen(path);
      await once(server, "listening");
      const child = start("socket", path);
      const exit = once(child, "exit");
      const [socket] = (await once(server, "connection")) as [Socket];
      let arrive: (item: number) => void = () => undefined;
      socket.on("data", (bytes) => {
        arrive(bytes.readDoubleBE(0));
      });
      const outcome = await timed(items, (item) => {
        const bytes = Buffer.alloc(SIZE);
        bytes.writeDoubleBE(item, 0);
        socket.write(bytes);
        return new Promise((resolve) => (arrive = resolve));
      });
      socket.destroy();
      server.close();
      await exit;
      await rm(path, { force: true });
      return outcome;
    },
  },
  {
    package: "node",
    calls: "child process, send, there and back",
    operations,
    async run(items) {
      const child = fork(CHILD, ["ipc"], { execArgv: OPTIONS });
      const exit = once(child, "exit");
      let arrive: (item: number) => void = () => undefined;
      child.on("message", (item: number) => {
        arrive(item);
      });
      const outcome = await timed(items, (item) => {
        child.send(item);
        return new Promise((resolve) => (arrive = resolve));
      });
      child.disconnect();
      await exit;
      return outcome;
    },
  },
];
