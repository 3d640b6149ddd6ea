import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const request: CallModel = { gives: "Request", body: true };

/** got, of which only streams leave the body to the caller. */
export const got: LibraryModel = {
  modules: ["got"],
  values: { default: "Got" },
  resources: {
    Got: { properties: { stream: "GotStream" }, methods: { extend: { gives: "Got" } } },
    GotStream: {
      methods: Object.fromEntries(["@@call", "get", "post", "put", "patch", "delete"].map((name) => [name, request])),
    },
    Request: { extends: ["stream.Duplex"] },
  },
};
