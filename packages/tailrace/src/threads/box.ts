import type { Gate } from "./gate.ts";

/** Where the two buffers are. */
export interface Store<V> {
  write(buffer: number, value: V): void;
  read(buffer: number): V;
}

/**
 * What is done with a value by whoever has the turn. Each begins with the turn and ends by passing it on; only `lend` keeps
 * it, until one of `giveBack`, `replace` and `empty`. A new value goes into the other buffer, so that the old one is there
 * until the new one is committed.
 */
export class Box<V> {
  readonly gate: Gate;
  readonly #store: Store<V>;
  readonly #onDied: (thread: number) => Error;

  /** @param onDied the error for who is told that a thread has died that had the value */
  constructor(gate: Gate, store: Store<V>, onDied: (thread: number) => Error) {
    this.gate = gate;
    this.#store = store;
    this.#onDied = onDied;
  }

  put(value: V): void {
    this.replace(value);
  }

  take(): V {
    const value = this.#value();
    this.empty();
    return value;
  }

  read(): V {
    const value = this.#value();
    this.gate.leave(true);
    return value;
  }

  swap(value: V): V {
    const old = this.#value();
    this.replace(value);
    return old;
  }

  lend(): V {
    return this.#value();
  }

  giveBack(): void {
    this.gate.mark();
    this.gate.leave(true);
  }

  replace(value: V): void {
    const other = 1 - this.gate.buffer;
    this.#store.write(other, value);
    this.gate.mark();
    this.gate.leave(true, other);
  }

  empty(): void {
    this.gate.leave(false);
  }

  #value(): V {
    const { died } = this.gate;
    if (died !== undefined) {
      this.gate.leave(true);
      throw this.#onDied(died);
    }
    return this.#store.read(this.gate.buffer);
  }
}
