// Streams and lanes as sinks: items are written as fast as they are taken; a stream is ended and a lane closed after the
// last one, and destroyed, aborted or given up if the fan-out fails, so that what was made of the items so far is not
// taken for the whole.
import { isObject } from "../arguments.ts";
import { EarlyExitError, TailraceError } from "../errors.ts";
import { quiet } from "../promises.ts";
import type { TaskContext } from "../scope/task.ts";
import { onAbort } from "../waits/abort.ts";
import type { Party } from "../waits/context.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description } from "../waits/registry.ts";
import { destroyStream } from "./source.ts";
import type { NodeStream } from "./source.ts";

/** The part of Node's writable streams that is used; HTTP requests and responses have it too. */
export interface NodeWritable extends NodeStream {
  readonly destroyed?: boolean;
  readonly writableEnded?: boolean;
  write(chunk: unknown, callback?: (error?: Error | null) => void): boolean;
  end(): unknown;
  off(event: string, listener: (...values: unknown[]) => void): unknown;
}

/** The part of a web `WritableStream` that is used. */
export interface WebWritable<T> {
  readonly locked: boolean;
  getWriter(): {
    readonly closed: Promise<unknown>;
    readonly desiredSize: number | null;
    write(chunk: T): Promise<void>;
    close(): Promise<void>;
    abort(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** The part of a lane of a write scheduler that is used. */
export interface WritableLane<T> {
  send(item: T, wait: { readonly signal: AbortSignal }): Promise<void>;
  close(wait: { readonly signal: AbortSignal }): Promise<void>;
  abort(reason: unknown): void;
}

export function isNodeWritable(sink: unknown): sink is NodeWritable {
  return (
    isObject(sink) && ["write", "end", "destroy", "on", "off"].every((method) => typeof sink[method] === "function")
  );
}

export function isWebWritable(sink: unknown): sink is WebWritable<unknown> {
  return isObject(sink) && typeof sink["getWriter"] === "function";
}

export function isLane(sink: unknown): sink is WritableLane<unknown> {
  return isObject(sink) && ["send", "close", "abort"].every((method) => typeof sink[method] === "function");
}

/** @param onFailure told of a failure at once; the promise rejects only when the stream has cleaned up after it */
export async function writeToNode(
  stream: NodeWritable,
  items: AsyncIterable<unknown>,
  task: TaskContext,
  onFailure: (error: unknown) => void,
  party: Party,
): Promise<void> {
  const full = fullStream(party);
  const end = new StreamEnd(stream, task);
  let broken = false; // an item may still be on its way to here when the stream has been destroyed
  const write = async (): Promise<void> => {
    for await (const item of items) {
      if (broken) return;
      if (stream.write(item, end.onWritten)) continue;
      enter(full);
      await new Promise<void>((resolve) => {
        stream.once("drain", () => {
          resolve();
        });
      });
      leave(full);
    }
    if (!isStandard(stream)) stream.end();
  };
  try {
    if (isStandard(stream)) await Promise.race([write(), end.reached]);
    else await Promise.all([write(), end.reached]);
  } catch (error) {
    broken = true;
    leave(full);
    onFailure(error);
    const reason = error instanceof Error ? error : new Error("aborted", { cause: error });
    if (!isStandard(stream)) await destroyStream(stream, reason);
    throw error;
  } finally {
    end.forget();
  }
}

/** The end of a stream of Node: reached when it has taken everything, else missed by an error, a close or an abort. */
class StreamEnd {
  readonly reached: Promise<void>;
  readonly #stream: NodeWritable;
  readonly #sink: string;
  readonly #unwatch: () => void;
  #reach!: () => void;
  #miss!: (error: unknown) => void;
  #finished = false;

  constructor(stream: NodeWritable, task: TaskContext) {
    this.#stream = stream;
    this.#sink = task.name;
    this.reached = new Promise((resolve, reject) => {
      this.#reach = resolve;
      this.#miss = reject;
    });
    stream.on("error", this.#miss);
    stream.on("finish", this.#onFinish);
    stream.on("close", this.#onClose);
    if (stream.destroyed === true || stream.writableEnded === true) this.#onClose();
    this.#unwatch = onAbort(task.signal, this.#miss);
  }

  /**
   * To be called back by each write: a write knows of a failure before the stream has cleaned up and tells it itself.
   */
  readonly onWritten = (error?: (Error & { code?: unknown }) | null): void => {
    // Writes that come to nothing because the stream is closed do not say why it is.
    if (error != null && error.code !== "ERR_STREAM_DESTROYED") this.#miss(error);
  };

  forget(): void {
    this.#stream.off("error", this.#miss);
    this.#stream.off("finish", this.#onFinish);
    this.#stream.off("close", this.#onClose);
    this.#unwatch();
  }

  readonly #onFinish = (): void => {
    this.#finished = true;
    if (!closesByItself(this.#stream)) this.#reach();
  };

  readonly #onClose = (): void => {
    const message = `sink ${JSON.stringify(this.#sink)}: its stream was closed before the last item was written`;
    if (this.#finished) this.#reach();
    else this.#miss(new EarlyExitError(this.#sink, message));
  };
}

/** Whether the stream releases what it holds, a file say, right after its end: then that is waited for too. */
function closesByItself(stream: NodeWritable): boolean {
  const { read, _writableState: state } = stream as {
    read?: unknown;
    _writableState?: { autoDestroy?: boolean; emitClose?: boolean };
  };
  return read === undefined && state?.autoDestroy === true && state.emitClose === true;
}

/** Standard output and error belong to the process: they are written to, but neither ended nor destroyed. */
function isStandard(stream: NodeWritable): boolean {
  return "_isStdio" in stream;
}

/** @param onFailure told of a failure at once; the promise rejects only when the stream has cleaned up after it */
export async function writeToWeb<T>(
  stream: WebWritable<T>,
  items: AsyncIterable<T>,
  task: TaskContext,
  onFailure: (error: unknown) => void,
  party: Party,
): Promise<void> {
  const full = fullStream(party);
  const writer = stream.getWriter();
  let broken = false; // an item may still be on its way to here when the stream has been aborted
  const write = async (): Promise<void> => {
    for await (const item of items) {
      if (broken) return;
      const written = quiet(writer.write(item)); // `closed` rejects with the same error
      if ((writer.desiredSize ?? 0) > 0) continue;
      enter(full);
      await written;
      leave(full);
    }
    await writer.close();
  };
  let unwatch: (() => void) | undefined;
  const failure = new Promise<never>((_, reject) => {
    writer.closed.catch(reject);
    unwatch = onAbort(task.signal, reject);
  });
  try {
    await Promise.race([write(), failure]);
  } catch (error) {
    broken = true;
    leave(full);
    onFailure(error);
    await writer.abort(error);
    throw error;
  } finally {
    unwatch?.();
    writer.releaseLock();
  }
}

/** The lane says itself who waits for it. It tells nobody when it is closed: that is found with the next item. */
export async function writeToLane<T>(
  lane: WritableLane<T>,
  items: AsyncIterable<T>,
  { name, signal }: TaskContext,
): Promise<void> {
  try {
    for await (const item of items) await lane.send(item, { signal });
    await lane.close({ signal });
  } catch (error) {
    lane.abort(error);
    if (!(error instanceof TailraceError) || error.code !== "TAILRACE_LANE_CLOSED" || "cause" in error) throw error;
    const message = `sink ${JSON.stringify(name)}: its lane was closed before the last item was written`;
    throw new EarlyExitError(name, message, { cause: error });
  }
}

function fullStream(party: Party): WaitRecord {
  const describe = (): Description => ({ state: "full", awaits: "it to take what was written" });
  return new WaitRecord("write", { kind: "stream", name: party.name, describe }, party);
}
