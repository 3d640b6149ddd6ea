import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

// Not those with four parameters: they get the error first.
const handlers: CallModel = { gives: "this", passes: { "*": ["Request", "Response", ""] } };
const verbs = Object.fromEntries(
  ["all", "get", "post", "put", "delete", "patch", "options", "head"].map((name) => [name, handlers]),
);

/** Express: what its handlers are given are Node's own request and response. */
export const express: LibraryModel = {
  modules: ["express"],
  makes: {
    default: { gives: "Express" },
    "*": { gives: "Express" },
    Router: { gives: "Router" },
    "default.Router": { gives: "Router" },
  },
  resources: {
    Request: { extends: ["http.IncomingMessage"] },
    Response: { extends: ["http.ServerResponse"] },
    Express: {
      extends: ["Application"],
    },
    Application: {
      methods: {
        ...verbs,
        use: handlers,
        listen: { gives: "http.Server", starts: ["listening", "error"] },
        route: { gives: "IRoute" },
      },
    },
    Router: { methods: { ...verbs, use: handlers, route: { gives: "IRoute" } } },
    IRoute: { methods: verbs },
  },
};
