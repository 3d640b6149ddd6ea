import { OwnerDiedError } from "../mvar/errors.ts";
import { pause } from "../pace.ts";
import { TimeoutError } from "../errors.ts";
import { startDeadline } from "../waits/deadlines.ts";
import type { Deadline } from "../waits/deadlines.ts";
import type { Limits } from "../waits/limits.ts";
import { place } from "../waits/report.ts";
import { Waiter } from "../waits/waiter.ts";
import type { Asker } from "./client.ts";
import type { Handle } from "./handle.ts";
import { textOf } from "./messages.ts";
import type { Message, Request } from "./messages.ts";

/** Milliseconds in which the broker has to say whether a put that was given up has happened. */
const VERDICT = 1000;

/** An operation, as long as the broker has not answered. */
export class Ask<Value> extends Waiter<Value> implements Asker {
  readonly type: Request;
  readonly handle: Handle;
  /** What is known of the wait. */
  note: string | undefined = undefined;
  id = 0;
  readonly #valueOf: (answer: Message) => Value;
  /** Why it was given up; whether that came in time, only the broker knows. */
  #given: { readonly reason: unknown } | undefined;
  #verdict: Deadline | undefined;
  private isOver = false;
  #isHeld = false;

  /** @param valueOf makes of an answer what the operation gives */
  constructor(handle: Handle, type: Request, operation: string, valueOf: (answer: Message) => Value) {
    super(operation, handle);
    this.handle = handle;
    this.type = type;
    this.#valueOf = valueOf;
  }

  get thing(): number {
    return this.handle.thing;
  }

  /** @param about the number of the request that it is about, if it is about one */
  begin(payload: Uint8Array | undefined, limits: Limits, about?: number): Promise<Value> {
    const { link } = this.handle;
    if (about === undefined) this.id = link.client.ask(this, payload);
    else link.client.askAgain((this.id = about), this, payload);
    if (this.isOver) {
      const turn = pause();
      return turn === undefined ? this.promise : turn.then(() => this.promise);
    }
    link.hold();
    this.#isHeld = true;
    this.handle.waiters.add(this);
    if (limits.timeout === 0) this.expire(0);
    else this.limit(limits);
    return this.promise;
  }

  answer(message: Message): void {
    if (message.type === "note") this.note = textOf(message.payload);
    else if (message.type === "undone") this.#refuse(this.#given?.reason);
    else if (message.type === "died") this.#refuse(this.#diedWith(textOf(message.payload)));
    else {
      let value: Value;
      try {
        value = this.#valueOf(message);
      } catch (error) {
        this.#refuse(error);
        return;
      }
      this.#end();
      this.resolve(value);
    }
  }

  desert(cause: Error): void {
    const { owner } = this.handle.link;
    const what = `${this.#what}: ${owner}, which kept it, has ended, and nothing of it is left`;
    this.#refuse(new OwnerDiedError(owner, what, { cause }));
  }

  /** It was given up: by its signal, its time, or the end of its handle. */
  override abandon(reason: unknown): void {
    if (this.isOver || this.#given !== undefined) return;
    this.#given = { reason };
    const { client } = this.handle.link;
    if (client.giveUp(this.id)) this.#refuse(reason);
    else if (client.asked.get(this.id) === this) {
      const expire = (): void => {
        this.#refuse(this.#unknown(reason));
      };
      this.#verdict = startDeadline(VERDICT, { expire });
    }
  }

  #refuse(error: unknown): void {
    if (this.isOver) return;
    this.#end();
    this.handle.link.client.asked.delete(this.id);
    super.abandon(error);
  }

  #end(): void {
    this.isOver = true;
    this.#verdict?.stop();
    if (this.#isHeld) this.handle.link.letGo();
  }

  get #what(): string {
    return `${this.operation} on ${place(this.handle.kind, this.handle.name)}`;
  }

  #diedWith(owner: string): OwnerDiedError {
    const had = this.handle.kind === "mvar" ? "the value, which is as it was" : "a permit, which is free again";
    return new OwnerDiedError(owner, `${this.#what}: ${owner} has died while it had ${had}`);
  }

  #unknown(cause: unknown): TimeoutError {
    const { owner } = this.handle.link;
    return new TimeoutError(
      `${this.#what} was given up, but ${owner} does not answer: the value may be in, or may get in`,
      { cause },
    );
  }
}
