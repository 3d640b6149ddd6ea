import type { NodeStreamSink } from "tailrace";

type Listener = (...values: unknown[]) => void;

/** At what moments somebody may be called back. */
export const HOOKS = ["write", "cork", "uncork", "drain"] as const;

type Hook = (typeof HOOKS)[number];

/** A stream as those of Node, whose reader is the test: what is written stays in its buffer until the test reads it. */
export class Stream implements NodeStreamSink {
  /** All that was written, in order. */
  readonly written: unknown[] = [];
  readonly writableHighWaterMark: number;
  readonly writableObjectMode: boolean;
  writableLength = 0;
  writableNeedDrain = false;
  destroyed = false;
  writableEnded = false;
  errored: Error | null = null;
  /** How often it is corked. */
  corked = 0;
  /** Writes that it had said it would not take. */
  readonly faults: string[] = [];
  /** Told of each chunk. */
  onChunk: ((chunk: unknown) => void) | undefined;
  /** Called at such a moment, inside of the call of the scheduler. */
  readonly hooks: Partial<Record<Hook, (() => void) | undefined>> = {};
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor({ highWaterMark = 100, objectMode = false } = {}) {
    this.writableHighWaterMark = highWaterMark;
    this.writableObjectMode = objectMode;
  }

  get listeners(): number {
    let all = 0;
    for (const { size } of this.#listeners.values()) all += size;
    return all;
  }

  write(chunk: unknown): boolean {
    if (this.isOver) this.faults.push("it was written to, and is over");
    if (this.writableNeedDrain) this.faults.push("it was written to, and takes no more");
    this.written.push(chunk);
    this.writableLength += this.writableObjectMode ? 1 : (chunk as Uint8Array | string).length;
    this.writableNeedDrain = this.writableLength >= this.writableHighWaterMark;
    this.onChunk?.(chunk);
    this.hooks.write?.();
    return !this.writableNeedDrain;
  }

  get isOver(): boolean {
    return this.destroyed || this.writableEnded;
  }

  /** Others write to it as much as it takes. */
  fill(): void {
    if (this.isOver) return;
    this.writableLength = Math.max(this.writableLength, this.writableHighWaterMark);
    this.writableNeedDrain = true;
  }

  /** The reader takes all that is in the buffer. */
  drain(): void {
    this.writableLength = 0;
    if (!this.writableNeedDrain || this.isOver) return;
    this.writableNeedDrain = false;
    this.emit("drain");
    this.hooks.drain?.();
  }

  end(): void {
    this.writableEnded = true;
    this.writableNeedDrain = false;
  }

  /** All is out after its end. */
  finish(): void {
    this.end();
    this.emit("finish");
  }

  /** As in Node, listeners hear of it later: when `told` is called. */
  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.writableNeedDrain = false;
    this.errored = error ?? null;
  }

  told(): void {
    if (this.errored !== null) {
      if (!this.emit("error", this.errored)) throw this.errored;
    }
    this.emit("close");
  }

  /** What comes next: it is read, or tells that it is over. */
  goOn(): void {
    if (this.destroyed) this.told();
    else if (this.writableEnded) this.finish();
    else this.drain();
  }

  /** Nothing happens inside of it any more. */
  stop(): void {
    for (const hook of HOOKS) this.hooks[hook] = undefined;
  }

  cork(): void {
    this.corked++;
    this.hooks.cork?.();
  }

  uncork(): void {
    this.corked--;
    this.hooks.uncork?.();
  }

  on(event: string, listener: Listener): this {
    let listeners = this.#listeners.get(event);
    if (listeners === undefined) this.#listeners.set(event, (listeners = new Set()));
    listeners.add(listener);
    return this;
  }

  /** Before all others. */
  prepend(event: string, listener: Listener): void {
    this.#listeners.set(event, new Set([listener, ...(this.#listeners.get(event) ?? [])]));
  }

  once(event: string, listener: Listener): this {
    const once: Listener = (...values) => {
      this.off(event, once);
      listener(...values);
    };
    return this.on(event, once);
  }

  off(event: string, listener: Listener): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  emit(event: string, ...values: unknown[]): boolean {
    const listeners = [...(this.#listeners.get(event) ?? [])];
    for (const listener of listeners) listener(...values);
    return listeners.length > 0;
  }
}
