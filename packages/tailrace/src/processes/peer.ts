import type { Message, Reply, Request } from "./messages.ts";
import { NOTHING } from "./messages.ts";

/** A request that has not come to its end: it waits, or what it was given may come back. */
export interface Ask {
  readonly peer: Peer;
  readonly type: Request;
  readonly id: number;
  readonly payload: Uint8Array;
  /** Where it waits. */
  line: Set<Ask> | undefined;
}

/** One who takes part, as the broker knows them. */
export interface Peer {
  /** Who that is, such as `process 4711`. */
  readonly owner: string;
  /** Requests of theirs that wait, by their number. */
  readonly waiting: Map<number, Ask>;
  readonly receive: (reply: Message) => void;
}

/** What the broker keeps for all, such as the state of an MVar: what comes in is what makes it go on, and nothing else. */
export interface Thing {
  readonly kind: "mvar" | "semaphore";
  /** The bytes that a value may have, or how many permits there are. */
  readonly size: number;
  /** @throws {FrameError} if nobody could mean that */
  handle(peer: Peer, message: Message): void;
  /** A peer does not take part any more. */
  lost(peer: Peer): void;
}

export function tell(peer: Peer, type: Reply, id: number, payload: Uint8Array = NOTHING): void {
  peer.receive({ type, thing: 0, id, payload });
}

/** Lets a request wait, as the last in a line. */
export function stand(line: Set<Ask>, ask: Ask): void {
  ask.line = line;
  line.add(ask);
  ask.peer.waiting.set(ask.id, ask);
}

/** A request does not wait any more. */
export function step(ask: Ask): Ask {
  ask.line?.delete(ask);
  ask.line = undefined;
  ask.peer.waiting.delete(ask.id);
  return ask;
}

/** The request that came first. */
export function firstOf(line: Set<Ask>): Ask | undefined {
  for (const ask of line) return ask;
  return undefined;
}

/** What a line has of a peer, who takes part no more. */
export function leaveLine(line: Set<Ask>, peer: Peer): void {
  for (const ask of line) if (ask.peer === peer) step(ask);
}
