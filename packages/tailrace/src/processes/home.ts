// The place of a process in a folder: its socket, and the broker behind it. All that the process keeps there shares it, and
// so one connection with each process that uses any of it.
import { unlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import process from "node:process";
import { Broker } from "./broker.ts";
import { Client } from "./client.ts";
import { checkFolder, claim, makeFolder, newSocket, pathOf, sweep, unclaim } from "./folder.ts";
import { counted } from "./link.ts";
import type { Link } from "./link.ts";
import { receive } from "./receive.ts";
import type { Peer, Thing } from "./peer.ts";

export interface Home {
  /** How its socket is called. */
  readonly socket: string;
  /** For the handles of this process. */
  readonly link: Link;
  /** Keeps something by the name that was chosen, or one that is made for it. Gives the name. */
  keep(thing: Thing, chosen: string | undefined): Promise<string>;
}

/** Those of this process, by their folders. They are there as long as somebody uses what they keep. */
const homes = new Map<string, Promise<Home>>();

/** That of this process in a folder. */
export function homeIn(folder: string): Promise<Home> | undefined {
  return homes.get(folder);
}

/** Keeps something in a folder for whoever knows its name, which is given. Somebody has to open it in the same turn. */
export async function keepIn(folder: string, thing: Thing, chosen: string | undefined): Promise<[Home, string]> {
  let found = homes.get(folder);
  if (found === undefined) {
    found = makeHome(folder);
    homes.set(folder, found);
    found.catch(() => homes.delete(folder));
  }
  const home = await found;
  // The last thing that it kept may have gone at this moment, and it with that.
  return homes.get(folder) === found ? [home, await home.keep(thing, chosen)] : keepIn(folder, thing, chosen);
}

async function makeHome(folder: string): Promise<Home> {
  await makeFolder(folder);
  await checkFolder(folder);
  await sweep(folder);
  const socket = newSocket();
  const path = pathOf(folder, socket);
  const owner = `process ${process.pid.toString()}`;
  /** Names that were chosen. */
  const claimed = new Set<string>();
  let names = 0;
  /** What is being made. */
  let making = 0;

  const broker = new Broker((name) => {
    if (claimed.delete(name)) unclaim(folder, name, socket);
    endIfUnused();
  });
  const server = createServer((connection) => {
    receive(connection, broker);
  });

  const client: Client = new Client((message) => {
    broker.handle(own, message);
  });
  const own: Peer = {
    owner,
    waiting: new Map(),
    receive: (message) => {
      client.receive(message);
    },
  };

  function endIfUnused(): void {
    if (!broker.isEmpty || making > 0) return;
    homes.delete(folder);
    process.off("exit", vacate);
    server.close();
  }

  /** A process that ends leaves nothing behind, unless it is killed. */
  function vacate(): void {
    for (const name of claimed) unclaim(folder, name, socket);
    try {
      unlinkSync(path);
    } catch {
      // On Windows there is nothing to remove.
    }
  }

  await listen(server, path);
  server.unref();
  process.on("exit", vacate);

  return {
    socket,
    link: {
      owner,
      client,
      use: () => undefined,
      expect: () => undefined,
      leave: () => undefined,
      // Others can still come, and bring what is waited for.
      ...counted((isHeld) => (isHeld ? server.ref() : server.unref())),
    },
    async keep(thing, chosen) {
      making++;
      try {
        if (chosen !== undefined) await claim(folder, chosen, socket);
        const name = chosen ?? `${socket}.${(++names).toString()}`;
        if (chosen !== undefined) claimed.add(chosen);
        broker.keep(name, thing);
        return name;
      } finally {
        making--;
        endIfUnused();
      }
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      server.on("error", () => undefined); // too many files are open: whoever connects has to try again
      resolve();
    });
  });
}
