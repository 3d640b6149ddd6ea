import { spawn } from "node:child_process";
import type { SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";

/** A server of a test's own on the loopback interface, with all its data in a temporary folder. */
export interface Server extends AsyncDisposable {
  /** What its clients read from their environment, as `PGPORT`. */
  readonly env: Readonly<Record<string, string>>;
}

/** A program that runs until it is disposed. */
export interface Daemon extends AsyncDisposable {
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/** Starts a program and waits until it has said that it is ready; ends it when the result is disposed. */
export async function startDaemon(
  [command = "", ...args]: readonly string[],
  ready: string,
  options: SpawnOptions = {},
): Promise<Daemon> {
  const daemon = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(daemon, "close");
  const said: string[] = [];
  const isReady = new Promise<boolean>((resolve) => {
    for (const output of [daemon.stdout, daemon.stderr]) {
      createInterface({ input: output }).on("line", (line) => {
        said.push(line);
        if (line.includes(ready)) resolve(true);
      });
    }
    const end = (): void => {
      resolve(false);
    };
    ended.then(end, end);
  });
  if (!(await isReady)) throw new Error(`${command} did not start: ${said.join("\n")}`);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    daemon.kill(signal);
    await ended;
  };
  return { kill: () => end("SIGKILL"), [Symbol.asyncDispose]: () => end("SIGINT") };
}

/** A port of the loopback interface that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
