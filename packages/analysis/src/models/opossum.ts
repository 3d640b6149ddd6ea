import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const breaker: CallModel = { gives: "CircuitBreaker" };

/** opossum: while the circuit is open, `fire()` rejects at once; a timer closes it again. */
export const opossum: LibraryModel = {
  modules: ["opossum"],
  makes: { default: breaker, "*": breaker },
  resources: {
    CircuitBreaker: {
      extends: ["events.EventEmitter"],
      events: { open: { state: ["opened"] }, halfOpen: { state: ["halfOpen"] }, close: { state: ["closed"] } },
    },
  },
};
