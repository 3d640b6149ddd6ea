import type { WebWritable } from "../../fan/write.ts";
import { quiet } from "../../promises.ts";
import type { Outlet, OutletEvents } from "../outlet.ts";
import { byteSize } from "./size.ts";

const BYTES = 65_536;

/** The part of its writer that is used here. */
interface Writer {
  readonly closed: Promise<unknown>;
  readonly ready?: Promise<unknown>;
  readonly desiredSize: number | null;
  write(chunk: unknown): Promise<void>;
  releaseLock(): void;
}

export function webOutlet(stream: WebWritable<unknown>, events: OutletEvents): Outlet {
  const writer: Writer = stream.getWriter();
  let isOver = false;
  const over = (error?: unknown): void => {
    if (isOver) return;
    isOver = true;
    events.onClosed(error);
  };
  void writer.closed.then(() => {
    over();
  }, over);
  let isAwaited = false;
  let last: Promise<void> | undefined;
  return {
    get isWritable() {
      return !isOver && (writer.desiredSize ?? 0) > 0;
    },
    get isClosed() {
      return isOver;
    },
    error: undefined, // it is told
    buffered: 0, // it says how much room is left, in a unit of its own
    room: BYTES,
    sizeOf: (chunk) => byteSize(chunk) ?? 1,
    write(chunk) {
      last = quiet(writer.write(chunk)); // `closed` rejects with the same error
    },
    cork: () => undefined,
    uncork: () => undefined,
    await() {
      if (isAwaited) return;
      isAwaited = true;
      const again = (): void => {
        isAwaited = false;
        if (!isOver) events.onWritable();
      };
      (writer.ready ?? last ?? Promise.resolve()).then(again, again);
    },
    detach() {
      isOver = true;
      writer.releaseLock();
    },
    usualQueue: BYTES,
  };
}
