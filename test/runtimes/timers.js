// What the examples and tests use of Node's `timers/promises`, for browsers.
export const setTimeout = (delay, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    const timer = globalThis.setTimeout(resolve, delay, value);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("The operation was aborted", "AbortError"));
    });
  });
