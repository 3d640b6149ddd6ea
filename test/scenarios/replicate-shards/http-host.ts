import type { Host, Receipt } from "./replicate.ts";

/** The host behind `url`, reached over HTTP. */
export function httpHost(name: string, url: string): Host {
  return {
    name,
    async store(chunks, signal) {
      const iterator = chunks[Symbol.asyncIterator]();
      try {
        const body = ReadableStream.from({ [Symbol.asyncIterator]: () => iterator });
        const response = await fetch(url, { method: "PUT", body, duplex: "half", signal });
        const text = await response.text();
        if (!response.ok) throw new Error(`answered ${String(response.status)}: ${text}`);
        return JSON.parse(text) as Receipt;
      } catch (error) {
        // A fetch that fails before it has a connection keeps the chunk it has read and never closes the iterator.
        iterator.return?.().catch(() => undefined);
        signal.throwIfAborted();
        throw new Error(`${name} (${url}): ${cause(error)}`, { cause: error });
      }
    },
  };
}

/** `fetch` says "fetch failed" and keeps the reason in the cause. */
function cause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? cause(error.cause) : error.message;
}
