// Streams as sinks: items are written as fast as the stream takes them; it is ended after the last one, and destroyed
// or aborted if the fan-out fails, so that what it made of the items so far is not taken for the whole.
import { isObject } from "../arguments.ts";
import { EarlyExitError } from "../errors.ts";
import { quiet } from "../promises.ts";
import type { TaskContext } from "../scope/task.ts";
import { onAbort } from "../waits/abort.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description } from "../waits/registry.ts";
import { destroyStream } from "./source.ts";
import type { NodeStream } from "./source.ts";

/** The part of Node's writable streams that is used; HTTP requests and responses have it too. */
export interface NodeWritable extends NodeStream {
  readonly destroyed?: boolean;
  readonly writableEnded?: boolean;
  write(chunk: unknown): boolean;
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

export function isNodeWritable(sink: unknown): sink is NodeWritable {
  return (
    isObject(sink) && ["write", "end", "destroy", "on", "off"].every((method) => typeof sink[method] === "function")
  );
}

export function isWebWritable(sink: unknown): sink is WebWritable<unknown> {
  return isObject(sink) && typeof sink["getWriter"] === "function";
}

export async function writeToNode(
  stream: NodeWritable,
  items: AsyncIterable<unknown>,
  task: TaskContext,
): Promise<void> {
  const full = fullStream(task);
  let broken = false; // an item may still be on its way to here when the stream has been destroyed
  const write = async (): Promise<void> => {
    for await (const item of items) {
      if (broken) return;
      if (stream.write(item)) continue;
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
  const [end, forget] = endOf(stream, task);
  try {
    if (isStandard(stream)) await Promise.race([write(), end]);
    else await Promise.all([write(), end]);
  } catch (error) {
    broken = true;
    leave(full);
    await destroyStream(stream, error instanceof Error ? error : new Error("aborted", { cause: error }));
    throw error;
  } finally {
    leave(full);
    forget();
  }
}

/** Settles when the stream has taken everything, or has failed, was closed too early or is to be aborted. */
function endOf(stream: NodeWritable, task: TaskContext): [end: Promise<void>, forget: () => void] {
  const listeners: [event: string, listener: (error?: unknown) => void][] = [];
  let unwatch: (() => void) | undefined;
  const end = new Promise<void>((resolve, reject) => {
    let finished = false;
    const closeFollows = closesByItself(stream);
    const tooEarly = (): void => {
      const name = JSON.stringify(task.name);
      reject(new EarlyExitError(task.name, `sink ${name}: its stream was closed before the last item was written`));
    };
    listeners.push(
      ["error", reject],
      [
        "finish",
        () => {
          finished = true;
          if (!closeFollows) resolve();
        },
      ],
      [
        "close",
        () => {
          if (finished) resolve();
          else tooEarly();
        },
      ],
    );
    for (const [event, listener] of listeners) stream.on(event, listener);
    if (stream.destroyed === true || stream.writableEnded === true) tooEarly();
    unwatch = onAbort(task.signal, reject);
  });
  return [
    end,
    () => {
      for (const [event, listener] of listeners) stream.off(event, listener);
      unwatch?.();
    },
  ];
}

/** Whether the stream releases what it holds, a file say, right after its end: then that is waited for too. */
function closesByItself(stream: NodeWritable): boolean {
  const { read, _writableState: state } = stream as {
    read?: unknown;
    _writableState?: { autoDestroy?: boolean; emitClose?: boolean };
  };
  return read === undefined && state?.autoDestroy === true && state.emitClose === true;
}

/** Standard output and error belong to the process: they are written to, but neither ended nor waited for. */
function isStandard(stream: NodeWritable): boolean {
  return "_isStdio" in stream;
}

export async function writeToWeb<T>(stream: WebWritable<T>, items: AsyncIterable<T>, task: TaskContext): Promise<void> {
  const full = fullStream(task);
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
    await writer.abort(error).catch(() => undefined);
    throw error;
  } finally {
    unwatch?.();
    writer.releaseLock();
  }
}

function fullStream(task: TaskContext): WaitRecord {
  const describe = (): Description => ({ state: "full", awaits: "it to take what was written" });
  return new WaitRecord("write", { kind: "stream", name: task.name, describe }, task.name);
}
