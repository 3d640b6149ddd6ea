import type { LibraryModel } from "./model.ts";

/** Signals: `abort` happens once, and a signal may be aborted before anybody listens. */
export const abort: LibraryModel = {
  modules: ["global"],
  makes: {
    AbortController: { gives: "AbortController" },
    "AbortSignal.abort": { gives: "AbortSignal", starts: ["abort"] },
    "AbortSignal.timeout": { gives: "AbortSignal", starts: ["abort"] },
    "AbortSignal.any": { gives: "AbortSignal", starts: ["abort"] },
    EventTarget: { gives: "EventTarget" },
  },
  resources: {
    EventTarget: {},
    AbortController: { properties: { signal: "AbortSignal" } },
    AbortSignal: {
      extends: ["EventTarget"],
      events: { abort: { once: true, state: ["aborted", "throwIfAborted", "reason"] } },
    },
  },
};
