// What a process keeps for itself and others: things by their names, and who has them open.
import { FrameError } from "./frames.ts";
import { bytesOf, textOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { tell } from "./peer.ts";
import type { Peer, Thing } from "./peer.ts";

interface Kept {
  readonly number: number;
  readonly name: string;
  readonly thing: Thing;
  /** How often each peer has it open. */
  readonly users: Map<Peer, number>;
}

export class Broker {
  readonly #things = new Map<number, Kept>();
  readonly #names = new Map<string, Kept>();
  readonly #onGone: (name: string) => void;
  #last = 0;

  /** @param onGone is told when the last user of a thing is gone, and it with them */
  constructor(onGone: (name: string) => void) {
    this.#onGone = onGone;
  }

  get isEmpty(): boolean {
    return this.#things.size === 0;
  }

  /** Bytes of the largest payload that anybody may send. */
  get longest(): number {
    let longest = 1024;
    for (const { thing } of this.#things.values()) if (thing.kind === "mvar") longest = Math.max(longest, thing.size);
    return longest;
  }

  /** Begins to keep something. It is gone when all are who have opened it. */
  keep(name: string, thing: Thing): void {
    const kept: Kept = { number: ++this.#last, name, thing, users: new Map() };
    this.#things.set(kept.number, kept);
    this.#names.set(name, kept);
  }

  /** Whether the peer has anything open. */
  serves(peer: Peer): boolean {
    for (const { users } of this.#things.values()) if (users.has(peer)) return true;
    return false;
  }

  /** @throws {FrameError} if nobody could mean that */
  handle(peer: Peer, message: Message): void {
    if (message.type === "open") {
      this.#open(peer, message);
      return;
    }
    const kept = this.#things.get(message.thing);
    if (kept?.users.has(peer) !== true) throw new FrameError("a message about what it has not opened");
    if (message.type === "close") this.#close(peer, kept, message.id);
    else kept.thing.handle(peer, message);
  }

  /** A peer is gone, and what it had goes back. */
  lost(peer: Peer): void {
    for (const kept of [...this.#things.values()]) {
      if (!kept.users.delete(peer)) continue;
      kept.thing.lost(peer);
      this.#forgetUnused(kept);
    }
  }

  #open(peer: Peer, { id, payload }: Message): void {
    const [kind = "", name = ""] = textOf(payload).split(" ");
    const kept = this.#names.get(name);
    if (kept?.thing.kind === kind) {
      kept.users.set(peer, (kept.users.get(peer) ?? 0) + 1);
      peer.receive({ type: "opened", thing: kept.number, id, payload: bytesOf(kept.thing.size.toString()) });
    } else tell(peer, "refused", id, bytesOf(kept === undefined ? "" : kept.thing.kind));
  }

  #close(peer: Peer, kept: Kept, id: number): void {
    const handles = kept.users.get(peer) ?? 0;
    if (handles > 1) kept.users.set(peer, handles - 1);
    else {
      kept.users.delete(peer);
      this.#forgetUnused(kept);
    }
    tell(peer, "done", id);
  }

  #forgetUnused({ users, name, number }: Kept): void {
    if (users.size > 0) return;
    this.#things.delete(number);
    this.#names.delete(name);
    this.#onGone(name);
  }
}
