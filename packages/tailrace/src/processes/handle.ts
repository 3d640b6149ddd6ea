import { OwnerDiedError } from "../mvar/errors.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import { Ask } from "./ask.ts";
import { NameError } from "./errors.ts";
import type { Link } from "./link.ts";
import { bytesOf, textOf } from "./messages.ts";
import type { Message, Request } from "./messages.ts";
import type { Thing } from "./peer.ts";

/** How to ask. */
export interface Asked<Value> {
  /** What it is called in reports, if not as it is in messages. */
  readonly operation?: string;
  readonly payload?: Uint8Array;
  readonly wait?: WaitOptions | undefined;
  /** The number of the request that it is about. */
  readonly about?: number;
  /** Makes of an answer what the operation gives. */
  readonly valueOf: (answer: Message) => Value;
}

/** What waits need, by their requests. */
const AWAITED: Readonly<Partial<Record<Request, string>>> = {
  take: "a value",
  swap: "a value",
  borrow: "a value",
  read: "a value",
  put: "room",
  acquire: "a permit",
};

/** What this process has of something that is kept by a broker. */
export class Handle implements Resource {
  readonly kind: Thing["kind"];
  readonly name: string;
  readonly link: Link;
  readonly waiters = new WaiterQueue<Ask<unknown>>();
  /** Number that the broker has given it. */
  thing = 0;
  /** Bytes that a value may have, or how many permits there are. */
  size = 0;
  /** How much was borrowed and has not come back, and what then goes on. */
  #borrowed = 0;
  #onReturned: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(kind: Thing["kind"], name: string, link: Link) {
    this.kind = kind;
    this.name = name;
    this.link = link;
  }

  /** @throws {NameError} if it is closed */
  ask<Value>(type: Request, asked: Asked<Value>): Promise<Value> {
    const { operation = type, payload, wait, about, valueOf } = asked;
    const limits = startLimits(wait);
    if (this.#closing !== undefined && about === undefined) throw this.#closed(operation);
    return new Ask(this, type, operation, valueOf).begin(payload, limits, about);
  }

  /** Has the broker open it for this process. */
  async open(where: string, wait?: WaitOptions): Promise<this> {
    this.link.use();
    try {
      const opened = ({ type, thing, payload }: Message): void => {
        const text = textOf(payload);
        if (type !== "opened") throw notThere(this.kind, this.name, where, text);
        this.thing = thing;
        this.size = Number(text);
      };
      await this.ask("open", { payload: bytesOf(`${this.kind} ${this.name}`), wait, valueOf: opened });
    } catch (error) {
      this.link.leave();
      throw error;
    }
    if (this.kind === "mvar") this.link.expect(this.size);
    return this;
  }

  borrow(): void {
    this.#borrowed++;
  }

  giveBack(): void {
    if (--this.#borrowed === 0) this.#onReturned?.();
  }

  /** Gives up everything that waits, and lets the broker know when what was borrowed is back. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const waiter of this.waiters)
      if (AWAITED[waiter.type] !== undefined) waiter.abandon(this.#closed(waiter.operation));
    if (this.#borrowed > 0) {
      const record = new WaitRecord("close", this);
      enter(record);
      await new Promise<void>((resolve) => (this.#onReturned = resolve));
      leave(record);
    }
    await new Ask(this, "close", "close", () => undefined)
      .begin(undefined, startLimits(undefined))
      .catch((error: unknown) => {
        if (!(error instanceof OwnerDiedError)) throw error;
      });
    this.link.leave();
  }

  describe(record: WaitRecord): Description {
    const awaits = record instanceof Ask ? (AWAITED[record.type] ?? "an answer") : "what was borrowed to come back";
    const note = record instanceof Ask ? record.note : undefined;
    return { state: `kept by ${this.link.owner}`, awaits, ...(note !== undefined && { remark: note }) };
  }

  #closed(operation: string): NameError {
    return new NameError("GONE", `${operation} on ${place(this.kind, this.name)}: it was closed here`);
  }
}

/** @param kind what has that name */
function notThere(wanted: string, name: string, where: string, kind: string): NameError {
  const what = `open ${place(wanted, name)}`;
  if (kind === "") return new NameError("GONE", `${what}: nobody has that name in ${where} any more`);
  return new NameError("REFUSED", `${what}: that is the name of a ${kind}`);
}
