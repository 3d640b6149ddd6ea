import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const connecting: CallModel = { gives: "Socket", starts: ["lookup", "connect", "ready", "error"] };
const server: CallModel = { gives: "Server", passes: { last: ["Socket"] } };

/** TCP and TLS. */
export const net: LibraryModel = {
  modules: ["net"],
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
        connect: { gives: "this", starts: ["lookup", "connect", "ready", "error"] },
        setEncoding: { gives: "this" },
        setKeepAlive: { gives: "this" },
        setNoDelay: { gives: "this" },
        setTimeout: { gives: "this" },
        ref: { gives: "this" },
        unref: { gives: "this" },
      },
      events: {
        lookup: { state: ["connecting", "readyState", "pending"] },
        connect: { state: ["connecting", "readyState", "pending"] },
        ready: { state: ["connecting", "readyState", "pending"], follows: ["connect"] },
        // The handle is closed by the system, a turn after the end: `await` comes in time.
        close: { once: true, state: ["closed", "destroyed", "errored"], follows: ["error"] },
      },
    },
  },
};

const secure: CallModel = { gives: "TLSSocket", starts: ["lookup", "connect", "ready", "secureConnect", "error"] };

export const tls: LibraryModel = {
  modules: ["tls"],
  makes: { connect: secure, createServer: { gives: "Server", passes: { last: ["TLSSocket"] } } },
  resources: {
    TLSSocket: {
      extends: ["net.Socket"],
      events: { secureConnect: { once: true, state: ["authorized", "getProtocol"] } },
    },
    Server: { extends: ["net.Server"], events: { secureConnection: { gives: ["TLSSocket"] } } },
  },
};
