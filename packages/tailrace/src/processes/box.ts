// The state of an MVar in its broker. A value is at each moment in one place: in the box; on loan, which whoever has it
// keeps, gives back or replaces; or with whom has kept it. As long as it is on loan nobody can put, so that it can always
// come back. What is taken is on loan until it has arrived: who gave up meanwhile, or died, has not taken it.
import { FrameError } from "./frames.ts";
import { bytesOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { firstOf, leaveLine, stand, step, tell } from "./peer.ts";
import type { Ask, Peer, Thing } from "./peer.ts";

/** A value that is out of the box, and may come back. */
interface Loan {
  readonly ask: Ask;
  readonly value: Uint8Array;
}

export class Box implements Thing {
  readonly kind = "mvar";
  /** Bytes that a value may have. */
  readonly size: number;
  value: Uint8Array | undefined;
  loan: Loan | undefined;
  /** Who has died while they had it on loan, until somebody was told. */
  died: string | undefined;
  /** Who has taken the last value. */
  #last: Peer | undefined;
  /** Who that was, if they are gone, and have put none in its place. */
  #gone: string | undefined;
  readonly readers = new Set<Ask>();
  /** Those who take, swap or borrow. */
  readonly takers = new Set<Ask>();
  readonly putters = new Set<Ask>();

  constructor(size: number, value?: Uint8Array) {
    this.size = size;
    this.value = value;
  }

  handle(peer: Peer, { type, id, payload }: Message): void {
    if (payload.length > this.size) throw new FrameError(`a value of ${payload.length.toString()} bytes`);
    const ask: Ask = { peer, type: type as Ask["type"], id, payload, line: undefined };
    switch (type) {
      case "take":
      case "swap":
      case "borrow":
        this.#wait(this.takers, ask);
        break;
      case "put":
        this.#wait(this.putters, ask);
        break;
      case "read":
        this.#wait(this.readers, ask);
        break;
      case "tryTake":
      case "trySwap":
        if (this.value === undefined) tell(peer, "nothing", id);
        else this.#lend(ask, this.value);
        break;
      case "tryRead":
        if (this.value === undefined) tell(peer, "nothing", id);
        else tell(peer, "value", id, this.value);
        break;
      case "tryPut":
        if (this.value !== undefined || this.loan !== undefined) tell(peer, "nothing", id);
        else this.#fill(ask);
        break;
      case "isEmpty":
        tell(peer, this.value === undefined ? "done" : "nothing", id);
        break;
      case "keep":
        this.#end(peer, id, (loan) => (isSwap(loan.ask) ? loan.ask.payload : undefined));
        break;
      case "undo":
        this.#undo(peer, id);
        break;
      case "return":
        this.#end(peer, id, ({ value }) => value, true);
        break;
      case "replace":
        this.#end(peer, id, () => payload, true);
        break;
      case "drop":
        this.#end(peer, id, () => undefined, true);
        break;
      default:
        throw new FrameError(`a message of type ${type}, which an MVar has no use for`);
    }
  }

  lost(peer: Peer): void {
    for (const line of [this.readers, this.takers, this.putters]) leaveLine(line, peer);
    if (this.loan?.ask.peer === peer) {
      if (this.loan.ask.type === "borrow") this.died = peer.owner;
      this.value = this.loan.value;
      this.loan = undefined;
      this.#advance();
    } else if (this.#last === peer && this.value === undefined && this.loan === undefined) {
      this.#gone = peer.owner;
      for (const line of [this.readers, this.takers]) for (const ask of line) this.#note(ask);
    }
  }

  #wait(line: Set<Ask>, ask: Ask): void {
    stand(line, ask);
    this.#advance();
    if (ask.line !== undefined) this.#note(ask);
  }

  /** Tells whoever waits what is known about why. */
  #note({ peer, id, type }: Ask): void {
    if (this.loan?.ask.type === "borrow") tell(peer, "note", id, bytesOf(`${this.loan.ask.peer.owner} has it`));
    else if (this.#gone !== undefined && type !== "put") {
      tell(peer, "note", id, bytesOf(`${this.#gone} had the last value, and is gone`));
    }
  }

  /** Serves whoever can be. Each step ends by telling somebody, who may at once come back with something else. */
  #advance(): void {
    for (;;) {
      if (this.loan !== undefined) return;
      if (this.value === undefined) {
        const putter = firstOf(this.putters);
        if (putter === undefined) return;
        this.#fill(step(putter));
        return;
      }
      const reader = firstOf(this.readers);
      if (reader !== undefined) {
        tell(step(reader).peer, "value", reader.id, this.value);
        continue;
      }
      const taker = firstOf(this.takers);
      if (taker === undefined) return;
      this.#lend(step(taker), this.value);
    }
  }

  /** Puts a value into the empty box. */
  #fill({ peer, id, payload }: Ask): void {
    this.value = payload;
    this.#gone = undefined;
    tell(peer, "done", id);
    this.#advance();
  }

  #lend(ask: Ask, value: Uint8Array): void {
    const { died } = this;
    if (died !== undefined) {
      this.died = undefined;
      tell(ask.peer, "died", ask.id, bytesOf(died));
      return;
    }
    this.value = undefined;
    this.loan = { ask, value };
    this.#last = ask.peer;
    tell(ask.peer, "value", ask.id, value);
  }

  /** Ends a loan. */
  #end(peer: Peer, id: number, next: (loan: Loan) => Uint8Array | undefined, isAsked = false): void {
    const { loan } = this;
    if (loan?.ask.peer !== peer || loan.ask.id !== id) throw new FrameError("the end of a loan that there is not");
    this.loan = undefined;
    this.value = next(loan);
    if (isAsked) tell(peer, "done", id);
    this.#advance();
  }

  /** A request was given up. If it was answered before, without a loan, that is all there is to it. */
  #undo(peer: Peer, id: number): void {
    const ask = peer.waiting.get(id);
    if (ask !== undefined) {
      step(ask);
      if (ask.type === "put") tell(peer, "undone", id);
    } else if (this.loan?.ask.peer === peer && this.loan.ask.id === id) {
      this.value = this.loan.value;
      this.loan = undefined;
      this.#advance();
    }
  }
}

function isSwap({ type }: Ask): boolean {
  return type === "swap" || type === "trySwap";
}
