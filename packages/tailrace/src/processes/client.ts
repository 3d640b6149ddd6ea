// The side of those who take part: what was asked, and is not answered yet.
import { NOTHING } from "./messages.ts";
import type { Message, Request } from "./messages.ts";

/** Whoever has asked. */
export interface Asker {
  readonly type: Request;
  readonly thing: number;
  /** Gets the answer, and before it what is known of the wait. */
  answer(message: Message): void;
  /** There is nobody any more who could answer. */
  desert(error: Error): void;
}

/** What takes a value out. It has arrived as soon as the broker is told so. */
const TAKES: ReadonlySet<Request> = new Set<Request>(["take", "swap", "tryTake", "trySwap"]);

export class Client {
  /** Set once there is nobody any more who could answer. */
  end: Error | undefined;
  readonly asked = new Map<number, Asker>();
  readonly #send: (message: Message) => void;
  #last = 0;

  constructor(send: (message: Message) => void) {
    this.#send = send;
  }

  /** Asks the broker, and gives the number of the request. */
  ask(asker: Asker, payload: Uint8Array = NOTHING): number {
    do this.#last = (this.#last + 1) >>> 0;
    while (this.asked.has(this.#last));
    this.askAgain(this.#last, asker, payload);
    return this.#last;
  }

  /** Asks something about what a request was given, under its number. */
  askAgain(id: number, asker: Asker, payload: Uint8Array = NOTHING): void {
    if (this.end !== undefined) {
      asker.desert(this.end);
      return;
    }
    this.asked.set(id, asker);
    this.#send({ type: asker.type, thing: asker.thing, id, payload });
  }

  /** Tells the broker what it has no answer to. */
  say(type: "keep" | "undo" | "release", thing: number, id: number): void {
    if (this.end === undefined) this.#send({ type, thing, id, payload: NOTHING });
  }

  receive(message: Message): void {
    const { type, id } = message;
    const asker = this.asked.get(id);
    if (asker === undefined) return; // it was given up, and what it would have got goes back
    if (type !== "note") {
      this.asked.delete(id);
      // Before anybody here sees it: who ends right then has taken it, and nobody else gets it, too.
      if (type === "value" && TAKES.has(asker.type)) this.say("keep", asker.thing, id);
    }
    asker.answer(message);
  }

  /**
   * Gives a request up. Says whether that is certain: a put may have happened already, and the broker says so
   * (`done` or `undone`).
   */
  giveUp(id: number): boolean {
    const asker = this.asked.get(id);
    if (asker === undefined) return true;
    const isCertain = asker.type !== "put";
    if (isCertain) this.asked.delete(id);
    this.say("undo", asker.thing, id);
    return isCertain;
  }

  /** There is nobody any more who answers. */
  desert(error: Error): void {
    this.end ??= error;
    const asked = [...this.asked.values()];
    this.asked.clear();
    for (const asker of asked) asker.desert(this.end);
  }
}
