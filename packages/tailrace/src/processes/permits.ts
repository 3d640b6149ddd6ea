// The state of a semaphore in its broker.
import { FrameError } from "./frames.ts";
import { bytesOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { firstOf, leaveLine, stand, step, tell } from "./peer.ts";
import type { Ask, Peer, Thing } from "./peer.ts";

export class Permits implements Thing {
  readonly kind = "semaphore";
  /** Permits that there are. */
  readonly size: number;
  free: number;
  /** Requests that have got a permit, and have not given it back. */
  readonly granted = new Map<Peer, Set<number>>();
  readonly waiting = new Set<Ask>();
  /** Who has died with permits, a name for each that came back, until somebody was told. */
  readonly died: string[] = [];

  constructor(size: number) {
    this.size = this.free = size;
  }

  handle(peer: Peer, { type, id, payload }: Message): void {
    const ask: Ask = { peer, type: type as Ask["type"], id, payload, line: undefined };
    switch (type) {
      case "acquire":
        stand(this.waiting, ask);
        this.#advance();
        break;
      case "tryAcquire":
        if (this.free === 0) tell(peer, "nothing", id);
        else this.#grant(ask);
        break;
      case "release":
        if (!this.#giveBack(peer, id)) throw new FrameError("a permit that was not taken");
        break;
      case "undo": {
        const given = peer.waiting.get(id);
        if (given === undefined) this.#giveBack(peer, id);
        else step(given);
        break;
      }
      case "available":
        tell(peer, "value", id, bytesOf(this.free.toString()));
        break;
      default:
        throw new FrameError(`a message of type ${type}, which a semaphore has no use for`);
    }
  }

  lost(peer: Peer): void {
    leaveLine(this.waiting, peer);
    const permits = this.granted.get(peer)?.size ?? 0;
    this.granted.delete(peer);
    for (let nth = 0; nth < permits; nth++) this.died.push(peer.owner);
    this.free += permits;
    this.#advance();
  }

  #advance(): void {
    while (this.free > 0) {
      const ask = firstOf(this.waiting);
      if (ask === undefined) return;
      this.#grant(step(ask));
    }
  }

  #grant({ peer, id }: Ask): void {
    const died = this.died.shift();
    if (died !== undefined) {
      tell(peer, "died", id, bytesOf(died));
      return;
    }
    this.free--;
    const granted = this.granted.get(peer);
    if (granted === undefined) this.granted.set(peer, new Set([id]));
    else granted.add(id);
    tell(peer, "done", id);
  }

  #giveBack(peer: Peer, id: number): boolean {
    const granted = this.granted.get(peer);
    if (granted?.delete(id) !== true) return false;
    if (granted.size === 0) this.granted.delete(peer);
    this.free++;
    this.#advance();
    return true;
  }
}
