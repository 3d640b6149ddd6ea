/** A rejection with whatever the user gave as the error. */
export function rejected(reason: unknown): Promise<never> {
  const error = reason as Error;
  return Promise.reject(error);
}

/** To await it lets those go on that can, once each. */
export const TICK: Promise<void> = Promise.resolve();

/** Marks a rejection as handled: whether anybody looks at it is up to them. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Calls the function now; what it throws before its first await becomes a rejection too. */
export async function attempt<T>(fn: () => T | PromiseLike<T>): Promise<T> {
  return fn();
}
