import { isObject, wrongType } from "../arguments.ts";
import { TICK } from "../promises.ts";

/** Anything that items can be read from. Node's readable streams and channels are async iterables. */
export type Source<T> = AsyncIterable<T> | Iterable<T> | WebReadable<T>;

/** The part of a web `ReadableStream` that is used. Not all platforms let it be iterated. */
export interface WebReadable<T> {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<{ done: boolean; value?: T | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** A source that is being read. */
export interface Inflow<T> {
  /** The next item: at once from something synchronous, as a promise from everything else. */
  pull(): IteratorResult<T, unknown> | PromiseLike<IteratorResult<T, unknown>>;
  /** Gives up what is left, and waits for the clean-up. Not to be called after the end or a failure. */
  close(): Promise<void>;
}

/** Begins to read. Nothing is pulled yet. */
export function openSource<T>(argument: string, source: Source<T>): Inflow<T> {
  const given: unknown = source;
  if (isWebReadable<T>(given)) {
    if (given.locked) throw wrongType(argument, source, "a stream that is not locked by another reader");
    return readWeb(given);
  }
  if (isAsyncIterable<T>(given)) {
    return isNodeReadable(given) ? readNode(given) : readIterator(given[Symbol.asyncIterator]());
  }
  if (isIterable<T>(given)) return readIterator(given[Symbol.iterator]());
  throw wrongType(
    argument,
    source,
    "something to read items from: an async iterable, an iterable or a readable stream",
  );
}

function readIterator<T>(iterator: AsyncIterator<T, unknown> | Iterator<T, unknown>): Inflow<T> {
  return {
    pull: () => iterator.next(),
    async close() {
      await TICK; // a generator that aborts the signal itself is still running
      await iterator.return?.();
    },
  };
}

/** An iterator of a web stream would make its `return` wait for a read that is under way; a reader can be cancelled. */
function readWeb<T>(stream: WebReadable<T>): Inflow<T> {
  const reader = stream.getReader();
  return {
    async pull() {
      const step = await reader.read();
      if (!step.done) return { done: false, value: step.value as T };
      reader.releaseLock();
      return { done: true, value: undefined };
    },
    async close() {
      await reader.cancel();
      reader.releaseLock();
    },
  };
}

/** The part of Node's streams that is used to end one. */
export interface NodeStream {
  readonly closed?: boolean;
  destroy(error?: Error): unknown;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  once(event: string, listener: (...values: unknown[]) => void): unknown;
}

function readNode<T>(stream: AsyncIterable<T> & NodeStream): Inflow<T> {
  // It may fail before it is first read, and while it is destroyed.
  stream.on("error", () => undefined);
  return { ...readIterator(stream[Symbol.asyncIterator]()), close: () => destroyStream(stream) };
}

/**
 * Destroys a stream of Node and waits until it has released what it held; rejects with the error that it ends with,
 * which may be another than the given one. Somebody must listen to its errors: without a listener, they would end the
 * process.
 */
export function destroyStream(stream: NodeStream, error?: Error): Promise<void> {
  if (stream.closed === true) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.once("close", () => {
      resolve();
    });
    stream.destroy(error);
  });
}

function isNodeReadable<T>(source: AsyncIterable<T>): source is AsyncIterable<T> & NodeStream {
  const stream = source as Partial<NodeStream>;
  return typeof stream.destroy === "function" && typeof stream.on === "function";
}

function isWebReadable<T>(source: unknown): source is WebReadable<T> {
  return isObject(source) && typeof source["getReader"] === "function";
}

export function isIterable<T>(value: unknown): value is Iterable<T> {
  return typeof value === "string" || (isObject(value) && typeof value[Symbol.iterator] === "function");
}

export function isPromiseLike<T>(value: unknown): value is PromiseLike<T> {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return typeof (value as Partial<PromiseLike<T>>).then === "function";
}

/** Whether items come out of the value over time. */
export function isStream<T>(value: unknown): value is AsyncIterable<T> | WebReadable<T> {
  return isAsyncIterable(value) || isWebReadable(value);
}

function isAsyncIterable<T>(value: unknown): value is AsyncIterable<T> {
  return isObject(value) && typeof value[Symbol.asyncIterator] === "function";
}
