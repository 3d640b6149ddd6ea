import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const request: CallModel = { resolves: "undici.Dispatcher.ResponseData", body: true };
const consume: CallModel = { consumes: true };

/** undici: a response keeps its connection until its body has been read or dumped. */
export const undici: LibraryModel = {
  modules: ["undici"],
  makes: {
    request,
    Agent: { gives: "Agent", permits: { argument: 0, property: "connections" } },
    Pool: { gives: "Pool", permits: { argument: 1, property: "connections" } },
    Client: { gives: "Client", permits: { argument: 1, property: "pipelining", default: 1 } },
    WebSocket: { gives: "WebSocket", starts: ["open", "message", "error", "close"] },
    EventSource: { gives: "EventSource", starts: ["open", "message", "error"] },
  },
  resources: {
    Dispatcher: { extends: ["events.EventEmitter"], methods: { request, close: { idle: true } } },
    Agent: { extends: ["Dispatcher"] },
    Pool: { extends: ["Dispatcher"] },
    Client: { extends: ["Dispatcher"] },
    "Dispatcher.ResponseData": { properties: { body: "BodyReadable" } },
    WebSocket: { extends: ["global.WebSocket"] },
    EventSource: { extends: ["global.EventSource"] },
    BodyReadable: {
      extends: ["stream.Readable"],
      methods: {
        text: consume,
        json: consume,
        blob: consume,
        bytes: consume,
        arrayBuffer: consume,
        formData: consume,
        dump: consume,
      },
    },
  },
};
