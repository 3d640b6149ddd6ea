import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { quiet } from "../promises.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";

/** A list that grows until it ends or fails. Everyone who iterates over it sees all of it, from the first item. */
export class Log<T> implements AsyncIterable<T>, Resource {
  readonly kind: string;
  readonly name: string;
  readonly items: T[] = [];
  /** Settles when the list does, with all items in it. */
  readonly done: Promise<T[]>;
  readonly #progress: (items: number) => string;
  readonly #readers = new WaiterQueue<Waiter<void>>();
  #end: { readonly error?: unknown } | undefined;
  #succeed!: (items: T[]) => void;
  #fail!: (reason: unknown) => void;

  constructor(kind: string, name: string, progress: (items: number) => string) {
    this.kind = kind;
    this.name = name;
    this.#progress = progress;
    this.done = new Promise((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
    });
    void quiet(this.done);
  }

  append(item: T): void {
    if (this.#end !== undefined) return;
    this.items.push(item);
    this.#wake();
  }

  end(): void {
    if (this.#end !== undefined) return;
    this.#end = {};
    this.#succeed(this.items.slice());
    this.#wake();
  }

  fail(error: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    this.#fail(error);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (let next = 0; ; next++) {
      while (next === this.items.length) {
        if (this.#end === undefined) await this.#change();
        else if ("error" in this.#end) throw this.#end.error;
        else return;
      }
      yield this.items[next] as T;
    }
  }

  describe(record: WaitRecord): Description {
    return {
      state: this.#progress(this.items.length),
      awaits: record.operation === "next" ? "the next item" : "the rest",
      idle: true,
    };
  }

  #change(): Promise<void> {
    const reader = new Waiter<void>("next", this);
    this.#readers.add(reader);
    return reader.promise;
  }

  #wake(): void {
    while (this.#readers.first !== undefined) this.#readers.first.resolve();
  }
}
