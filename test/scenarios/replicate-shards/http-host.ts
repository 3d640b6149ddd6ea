import type { Host, Receipt } from "./replicate.ts";

/** The host behind `url`, reached over HTTP. */
export function httpHost(name: string, url: string): Host {
  return {
    name,
    async store(chunks, signal) {
      try {
        const body = ReadableStream.from(chunks);
        // To follow redirects, fetch would tee the body, and its unread branch would keep the whole upload in memory.
        const response = await fetch(url, { method: "PUT", body, duplex: "half", redirect: "error", signal });
        const text = await response.text();
        if (!response.ok) throw new Error(`answered ${String(response.status)}: ${text}`);
        return JSON.parse(text) as Receipt;
      } catch (error) {
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
