import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const socket: CallModel = { gives: "WebSocket", starts: ["open", "upgrade", "message", "error"] };
const server: CallModel = { gives: "WebSocketServer", starts: ["listening", "error"], unless: "noServer" };

/** ws: a socket opens by itself from the line that makes it; what it receives while nobody listens is lost. */
export const ws: LibraryModel = {
  modules: ["ws"],
  makes: {
    default: socket,
    WebSocket: socket,
    "*": socket,
    WebSocketServer: server,
    Server: server,
    "default.Server": server,
    "default.WebSocketServer": server,
    createWebSocketStream: { gives: "stream.Duplex" },
  },
  resources: {
    WebSocket: {
      extends: ["events.EventEmitter"],
      methods: { close: { starts: ["close"] }, terminate: { starts: ["close"] } },
      events: {
        open: { once: true, state: ["readyState"] },
        close: { once: true, state: ["readyState"], follows: ["error"] },
        message: {},
        upgrade: { once: true, gives: ["http.IncomingMessage"] },
        error: {},
      },
    },
    WebSocketServer: {
      extends: ["events.EventEmitter"],
      methods: { close: { starts: ["close"] } },
      events: {
        connection: { gives: ["WebSocket", "http.IncomingMessage"] },
        listening: { state: ["address"] },
        close: { once: true },
        error: {},
      },
    },
    Server: { extends: ["WebSocketServer"] },
  },
};
