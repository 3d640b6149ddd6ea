import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const self: CallModel = { gives: "this" };

/** Emitters, and `once` and `on` over them. */
export const events: LibraryModel = {
  modules: ["events"],
  exports: { once: { role: "event" }, "EventEmitter.once": { role: "event" } },
  makes: {
    EventEmitter: { gives: "EventEmitter" },
    default: { gives: "EventEmitter" },
    "*": { gives: "EventEmitter" },
  },
  resources: {
    EventEmitter: {
      methods: {
        on: self,
        once: self,
        off: self,
        addListener: self,
        prependListener: self,
        prependOnceListener: self,
        removeListener: self,
        removeAllListeners: self,
        setMaxListeners: self,
      },
    },
  },
};
