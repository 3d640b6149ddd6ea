// Node scans all listeners of a signal when one is added or removed, so many waits on one signal would be quadratic:
// each signal has one listener of ours, which knows its waits. It is there only while there are any.

export interface Abortable {
  abandon(reason: unknown): void;
}

class Watch {
  readonly waits = new Set<Abortable>();
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  handleEvent(): void {
    watches.delete(this.signal);
    for (const wait of this.waits) wait.abandon(this.signal.reason);
  }
}

const watches = new WeakMap<AbortSignal, Watch>();

/** Calls `abandon` once when the signal aborts. The signal must not have aborted yet. */
export function watchAbort(signal: AbortSignal, wait: Abortable): void {
  let watch = watches.get(signal);
  if (watch === undefined) {
    watch = new Watch(signal);
    watches.set(signal, watch);
    signal.addEventListener("abort", watch, { once: true });
  }
  watch.waits.add(wait);
}

/** Undoes `watchAbort`. Harmless after the signal has aborted. */
export function unwatchAbort(signal: AbortSignal, wait: Abortable): void {
  const watch = watches.get(signal);
  if (watch?.waits.delete(wait) !== true || watch.waits.size > 0) return;
  watches.delete(signal);
  signal.removeEventListener("abort", watch);
}

/** Calls back when the signal aborts, at once if it has already; returns how to stop waiting for that. */
export function onAbort(signal: AbortSignal, abandon: (reason: unknown) => void): () => void {
  const wait = { abandon };
  if (signal.aborted) abandon(signal.reason);
  else watchAbort(signal, wait);
  return () => {
    unwatchAbort(signal, wait);
  };
}
