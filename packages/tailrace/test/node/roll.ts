import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where processes tell that they live, by being connected. */
export interface Roll extends AsyncDisposable {
  readonly path: string;
  /** Settles when the next one is there, with what settles when it is not any more. */
  next(): Promise<{ readonly gone: Promise<unknown> }>;
}

export async function openRoll(): Promise<Roll> {
  const directory = await mkdtemp(join(tmpdir(), "tailrace-roll-"));
  const path = join(directory, "socket");
  const server = createServer().listen(path);
  await once(server, "listening");
  return {
    path,
    async next() {
      const [socket] = (await once(server, "connection")) as [Socket];
      socket.resume().on("error", () => undefined);
      return { gone: once(socket, "close") };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await rm(directory, { recursive: true });
    },
  };
}
