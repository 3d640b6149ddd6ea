const ENDINGS: ReadonlySet<string> = new Set(["close", "disconnect", "end", "exit", "finish", "message"]);

/**
 * Events that something else may bring about at any time: whoever uses the thing once more before it listens may well
 * be the one that does. The others come by themselves, once it was started.
 */
export function isEnding(event: string): boolean {
  return ENDINGS.has(event);
}

// Who listens late for these hears the next one; only a model or the code itself can say that there is none.
const RECURRING: ReadonlySet<string> = new Set([
  "active",
  "completed",
  "connection",
  "data",
  "drain",
  "error",
  "failed",
  "readable",
  "request",
  "session",
  "stream",
  "waiting",
]);

export function isRecurring(event: string): boolean {
  return RECURRING.has(event);
}
