// The address is wrong; the loop takes each error for a server that is not up yet.
// Ends: hang
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

async function connected(port: number): Promise<Socket> {
  while (true) { // starves
    try {
      return await dial(port);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10)); // waits
    }
  }
}

await connected(1);
