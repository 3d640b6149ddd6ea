import { detached } from "../../waits/context.ts";
import { Ahead } from "../ahead.ts";
import { kernelLimit } from "../kernel.ts";
import type { TcpInfo } from "../kernel.ts";
import type { Outlet, OutletEvents } from "../outlet.ts";

/** Who knows how a connection stands. */
export interface Kernel {
  /** Undefined if nothing is known. */
  ask(): TcpInfo | undefined;
  /** Tor's KISTSockBufSizeFactor. */
  readonly factor: number;
}

/**
 * An outlet that takes no more than its kernel can send. A kernel that has enough tells nobody when it has sent that, so
 * somebody looks when that should be so.
 */
export function kernelOutlet(outlet: Outlet, kernel: Kernel, events: OutletEvents): Outlet {
  let ahead: Ahead | undefined;
  /** What may still be written, since it was asked. */
  let left = Infinity;
  /** Whether it had enough when it was asked. */
  let isFull = false;
  /** Whether it would have got more but for `ahead`. */
  let isShort = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): number => {
    const info = kernel.ask();
    if (info === undefined) {
      isFull = false;
      return outlet.room;
    }
    const now = performance.now();
    const own = outlet.buffered;
    const limit = kernelLimit(info, own, kernel.factor);
    ahead ??= new Ahead(info.acked, now);
    const seen = { acked: info.acked, unsent: info.notSent + own, isShort: isShort && left <= 0, hasWaited: isFull };
    const room = ahead.room(seen, now);
    isShort = room < limit;
    left = Math.max(Math.min(limit, room), ahead.least);
    isFull = left === 0;
    return left;
  };
  const look = (): void => {
    timer = undefined;
    if (outlet.isClosed) return;
    ask();
    if (isFull) lookLater();
    else if (outlet.isWritable) events.onWritable();
    else outlet.await();
  };
  const lookLater = (): void => {
    timer ??= detached(() => setTimeout(look, ahead?.delay));
  };
  return {
    get isWritable() {
      return !isFull && outlet.isWritable;
    },
    get isClosed() {
      return outlet.isClosed;
    },
    get error() {
      return outlet.error;
    },
    get buffered() {
      return outlet.buffered;
    },
    get room() {
      return ask();
    },
    sizeOf: (chunk) => outlet.sizeOf(chunk),
    write(chunk, size) {
      left -= size;
      outlet.write(chunk, size);
    },
    cork() {
      outlet.cork();
    },
    uncork() {
      outlet.uncork();
    },
    await() {
      if (isFull) lookLater();
      else outlet.await();
    },
    detach() {
      clearTimeout(timer);
      outlet.detach();
    },
    usualQueue: outlet.usualQueue,
  };
}
