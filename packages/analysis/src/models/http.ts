import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const server: CallModel = { gives: "Server", passes: { last: ["IncomingMessage", "ServerResponse"] } };
const request: CallModel = { gives: "ClientRequest", passes: { last: ["IncomingMessage"] }, body: true };
const exchange = ["IncomingMessage", "ServerResponse"];

/** HTTP/1.1 servers and clients. `https` makes the same resources. */
export const http: LibraryModel = {
  modules: ["http", "https"],
  makes: {
    createServer: server,
    Server: server,
    request,
    get: { ...request, starts: ["socket", "finish", "response", "error"] },
  },
  resources: {
    Server: {
      extends: ["net.Server"],
      events: {
        request: { gives: exchange },
        checkContinue: { gives: exchange },
        upgrade: { gives: ["IncomingMessage", "stream.Duplex"] },
        connect: { gives: ["IncomingMessage", "stream.Duplex"] },
      },
    },
    IncomingMessage: {
      extends: ["stream.Readable"],
      properties: { socket: "net.Socket", connection: "net.Socket" },
    },
    OutgoingMessage: {
      extends: ["stream.Writable"],
      properties: { socket: "net.Socket", connection: "net.Socket" },
    },
    ServerResponse: { extends: ["OutgoingMessage"] },
    ClientRequest: {
      extends: ["OutgoingMessage"],
      methods: { end: { gives: "this", starts: ["socket", "finish", "response", "error"] } },
      events: {
        response: { once: true, gives: ["IncomingMessage"] },
        socket: { once: true, state: ["socket"] },
        // It closes with its socket, not when it has been sent.
        close: { once: true, state: ["closed", "destroyed", "errored"], follows: ["error"] },
      },
    },
  },
};

export const http2: LibraryModel = {
  modules: ["http2"],
  makes: {
    connect: { gives: "ClientHttp2Session", starts: ["connect", "error"] },
    createServer: { gives: "Http2Server", passes: { last: ["Http2ServerRequest", "Http2ServerResponse"] } },
    createSecureServer: { gives: "Http2Server", passes: { last: ["Http2ServerRequest", "Http2ServerResponse"] } },
  },
  resources: {
    Http2Server: {
      extends: ["net.Server"],
      events: {
        request: { gives: ["Http2ServerRequest", "Http2ServerResponse"] },
        stream: { gives: ["ServerHttp2Stream"] },
        session: { gives: ["ServerHttp2Session"] },
      },
    },
    Http2SecureServer: { extends: ["Http2Server"] },
    Http2Session: {
      extends: ["events.EventEmitter"],
      methods: { close: { starts: ["close"] }, destroy: { starts: ["close"] } },
      events: { close: { once: true, state: ["closed", "destroyed"] } },
    },
    ServerHttp2Session: { extends: ["Http2Session"] },
    ClientHttp2Session: {
      extends: ["Http2Session"],
      methods: { request: { gives: "ClientHttp2Stream", starts: ["response"] } },
      events: { connect: { once: true, state: ["connecting", "encrypted"] } },
    },
    Http2Stream: { extends: ["stream.Duplex"] },
    ServerHttp2Stream: { extends: ["Http2Stream"] },
    ClientHttp2Stream: { extends: ["Http2Stream"], events: { response: { once: true } } },
    Http2ServerRequest: { extends: ["stream.Readable"], properties: { stream: "ServerHttp2Stream" } },
    Http2ServerResponse: { extends: ["stream.Writable"], properties: { stream: "ServerHttp2Stream" } },
  },
};
