// After some attempts the last error is thrown.
import assert from "node:assert";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

async function connected(port: number): Promise<Socket> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dial(port);
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

await assert.rejects(connected(1), { code: "ECONNREFUSED" });
