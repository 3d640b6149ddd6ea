import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const handlers: CallModel = { gives: "this", passes: { "*": ["koa.Context", ""] } };

/** Koa: Node's own request and response are `ctx.req` and `ctx.res`. */
export const koa: LibraryModel = {
  modules: ["koa"],
  makes: { default: { gives: "Application" }, "*": { gives: "Application" } },
  resources: {
    Application: {
      extends: ["events.EventEmitter"],
      methods: {
        use: { gives: "this", passes: { 0: ["Context", ""] } },
        listen: { gives: "http.Server", starts: ["listening", "error"] },
      },
    },
    Context: {
      properties: { req: "http.IncomingMessage", res: "http.ServerResponse", socket: "net.Socket" },
    },
  },
};

export const koaRouter: LibraryModel = {
  modules: ["@koa/router", "koa-router"],
  makes: { default: { gives: "Router" }, Router: { gives: "Router" }, "*": { gives: "Router" } },
  resources: {
    Router: {
      methods: Object.fromEntries(
        ["get", "post", "put", "delete", "patch", "head", "all", "use"].map((name) => [name, handlers]),
      ),
    },
  },
};
