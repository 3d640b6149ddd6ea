import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const connecting: CallModel = { gives: "Socket", starts: ["lookup", "connect", "ready", "error", "close"] };
const server: CallModel = { gives: "Server", passes: { last: ["Socket"] } };

/** TCP and TLS. */
export const net: LibraryModel = {
  modules: ["net"],
  exports: {},
  makes: {
    connect: connecting,
    createConnection: connecting,
    createServer: server,
    Server: server,
    Socket: { gives: "Socket" },
  },
  resources: {
    Server: {
      extends: ["events.EventEmitter"],
      methods: {
        listen: { gives: "this", starts: ["listening", "error"] },
        close: { gives: "this", starts: ["close"] },
      },
      events: {
        listening: { state: ["listening", "address"] },
        close: { state: ["listening"] },
        connection: { gives: ["Socket"] },
        error: {},
      },
    },
    Socket: {
      extends: ["stream.Duplex"],
      methods: {
        connect: { gives: "this", starts: ["lookup", "connect", "ready", "error", "close"] },
        setEncoding: { gives: "this" },
        setKeepAlive: { gives: "this" },
        setNoDelay: { gives: "this" },
        setTimeout: { gives: "this" },
        ref: { gives: "this" },
        unref: { gives: "this" },
      },
      events: {
        connect: { state: ["connecting", "readyState", "pending"] },
        ready: { state: ["connecting", "readyState", "pending"], follows: ["connect"] },
      },
    },
  },
};

const secure: CallModel = { gives: "TLSSocket", starts: ["connect", "ready", "secureConnect", "error", "close"] };

export const tls: LibraryModel = {
  modules: ["tls"],
  exports: {},
  makes: { connect: secure, createServer: { gives: "Server", passes: { last: ["TLSSocket"] } } },
  resources: {
    TLSSocket: {
      extends: ["net.Socket"],
      events: { secureConnect: { once: true, state: ["authorized", "getProtocol"] } },
    },
    Server: { extends: ["net.Server"], events: { secureConnection: { gives: ["TLSSocket"] } } },
  },
};
