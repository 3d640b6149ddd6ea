import type { LibraryModel } from "./model.ts";

/** The platform's own sockets: they open by themselves from the line that makes them. */
export const webSockets: LibraryModel = {
  modules: ["global"],
  makes: {
    WebSocket: { gives: "WebSocket", starts: ["open", "message", "error", "close"] },
    EventSource: { gives: "EventSource", starts: ["open", "message", "error"] },
  },
  resources: {
    WebSocket: {
      extends: ["EventTarget"],
      methods: { close: { starts: ["close"] } },
      events: {
        open: { once: true, state: ["readyState"] },
        close: { once: true, state: ["readyState"], follows: ["error"] },
        message: {},
        error: {},
      },
    },
    EventSource: {
      extends: ["EventTarget"],
      events: { open: { state: ["readyState"] }, message: {}, error: { state: ["readyState"] } },
    },
  },
};
