import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { quiet } from "../promises.ts";

/** A socket on which one process can connect. */
export interface Listener {
  readonly path: string;
  onConnection(connected: (socket: Socket) => void): void;
  /** Nobody can connect any more. What is connected stays so. */
  close(): void;
}

/** Listens in a folder that nobody else can read. */
export async function listen(): Promise<Listener> {
  const directory = await mkdtemp(join(tmpdir(), "tailrace-"));
  const path = process.platform === "win32" ? `\\\\.\\pipe\\${basename(directory)}` : join(directory, "socket");
  const server = createServer().listen(path);
  const close = (): void => {
    server.close();
    void quiet(rm(directory, { recursive: true, force: true }));
  };
  try {
    await once(server, "listening");
  } catch (error) {
    close();
    throw error;
  }
  return {
    path,
    close,
    onConnection(connected) {
      server.once("connection", (socket) => {
        close();
        connected(socket);
      });
    },
  };
}
