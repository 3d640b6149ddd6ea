// Ways to send messages of many over one connection.
import { once } from "node:events";
import type { Socket } from "node:net";
import koffi from "koffi";
import { writeScheduler } from "tailrace";
import type { Policy, TcpInfo, WriteSchedulerOptions } from "tailrace";
import { tcpInfo } from "tailrace/adapters";

/** Sends a message of one lane; what it gives has to be waited for, by who can wait. */
export type Send = (message: Buffer) => Promise<unknown> | undefined;

/** Prepares a connection, and gives each lane what it sends with. */
export type Way = (socket: Socket) => (name: string, isBulk: boolean) => Send;

/** In order of arrival. Those that send much wait for room. */
export const plain: Way = (socket) => {
  const closed = new AbortController();
  socket.on("close", () => {
    closed.abort();
  });
  return (_, isBulk) => (message) => {
    const hasRoom = socket.write(message);
    return isBulk && !hasRoom ? once(socket, "drain", { signal: closed.signal }) : undefined;
  };
};

/** In order of arrival, and nobody waits for room. */
export const heedless: Way = (socket) => () => (message) => {
  socket.write(message);
  return undefined;
};

/** Each in its turn, by the rules of a scheduler. */
export function scheduled(options: WriteSchedulerOptions): Way {
  return (socket) => {
    const sink = writeScheduler(options).sink(socket);
    return (name, isBulk) => {
      const lane = sink.lane({ name, priority: isBulk ? 0 : 1 });
      return (message) => lane.send(message);
    };
  };
}

/** Each in its turn, and the kernel gets what it can send. Only on Linux. */
export function inKernel(policy: Policy): Way {
  return scheduled({ policy, tcpInfo: kernel(), limits: ["kernel"] });
}

let ask: ((socket: unknown) => TcpInfo | undefined) | undefined;

/** What the kernel says of a socket. Only on Linux. */
export function kernel(): (socket: unknown) => TcpInfo | undefined {
  return (ask ??= tcpInfo(koffi));
}
