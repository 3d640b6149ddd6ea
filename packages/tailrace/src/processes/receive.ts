import type { Socket } from "node:net";
import process from "node:process";
import type { Broker } from "./broker.ts";
import { FrameError, FrameReader } from "./frames.ts";
import { bytesOf, greeted, greeting } from "./messages.ts";
import type { Message } from "./messages.ts";
import { Outbox } from "./outbox.ts";
import type { Peer } from "./peer.ts";

/** Milliseconds in which whoever connects has to say who they are. */
export const INTRODUCTION = 5000;

/** Bytes that a peer may leave unread, or four values if those are more. */
const UNREAD = 2 ** 20;

/** Bytes of what is said before anything is opened. */
export const SHORT = 1024;

/**
 * Lets a process take part in what a broker keeps. What is no message ends its connection, and is told: to it, and here as
 * a warning of the process.
 */
export function receive(socket: Socket, broker: Broker): void {
  const outbox = new Outbox(socket);
  const reader = new FrameReader(SHORT);
  let peer: Peer | undefined;

  // Whoever only connects does not keep this process alive.
  socket.unref();
  socket.setTimeout(INTRODUCTION, () => {
    refuse("has not said who it is");
  });
  socket.on("data", (piece) => {
    try {
      reader.most = peer === undefined ? SHORT : broker.longest;
      for (const message of reader.read(piece)) hear(message);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      refuse(`has sent ${error.message}`);
    }
  });
  socket.on("error", () => undefined); // it closes then
  socket.on("close", leave);

  function hear(message: Message): void {
    if (socket.destroyed) return;
    if (peer === undefined) {
      peer = introduce(message);
      return;
    }
    if (outbox.size > UNREAD && outbox.size > 4 * broker.longest)
      throw new FrameError("requests without reading the answers");
    const { payload } = message;
    // A value is kept for long, and the piece that it has come in may be much larger.
    broker.handle(peer, payload.length === 0 ? message : { ...message, payload: Buffer.from(payload) });
    if (message.type !== "open" && message.type !== "close") return;
    if (broker.serves(peer)) socket.ref();
    else socket.unref();
  }

  function introduce({ type, id, payload }: Message): Peer {
    const pid = type === "hello" ? greeted(payload) : undefined;
    if (pid === undefined) throw new FrameError("no greeting of this version");
    socket.setTimeout(0);
    reply({ type: "welcome", thing: 0, id, payload: greeting(process.pid) });
    return { owner: `process ${pid.toString()}`, waiting: new Map(), receive: reply };
  }

  function reply(message: Message): void {
    if (!socket.destroyed) outbox.add(message);
  }

  function refuse(why: string): void {
    if (socket.destroyed) return;
    const text = `${peer?.owner ?? "somebody"} ${why}`;
    outbox.add({ type: "fault", thing: 0, id: 0, payload: bytesOf(text) });
    outbox.flush();
    socket.destroy();
    leave();
    process.emitWarning(`a connection was closed: ${text}`, { type: "TailraceWarning", code: "TAILRACE_PEER" });
  }

  function leave(): void {
    if (peer !== undefined) broker.lost(peer);
    peer = undefined;
  }
}
