import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const route: CallModel = { gives: "this", passes: { last: ["FastifyRequest", "FastifyReply"] } };
const made: CallModel = { gives: "FastifyInstance" };

/** Fastify: Node's own request and response are below `raw`. */
export const fastify: LibraryModel = {
  modules: ["fastify"],
  makes: { default: made, fastify: made, "*": made },
  resources: {
    FastifyRequest: { properties: { raw: "http.IncomingMessage", socket: "net.Socket" } },
    FastifyReply: { properties: { raw: "http.ServerResponse", request: "FastifyRequest" } },
    FastifyInstance: {
      properties: { server: "http.Server" },
      methods: {
        ...Object.fromEntries(
          ["get", "post", "put", "delete", "patch", "options", "head", "all"].map((name) => [name, route]),
        ),
        setErrorHandler: { gives: "this", passes: { 0: ["", "FastifyRequest", "FastifyReply"] } },
        setNotFoundHandler: route,
      },
    },
  },
};
