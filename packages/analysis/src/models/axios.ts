import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const request: CallModel = { resolves: "AxiosResponse", body: true, when: { responseType: "stream" } };

/** axios, which reads bodies by itself unless a stream is asked for. */
export const axios: LibraryModel = {
  modules: ["axios"],
  values: { default: "AxiosStatic", "*": "AxiosStatic" },
  resources: {
    AxiosInstance: {
      methods: {
        ...Object.fromEntries(
          ["@@call", "request", "get", "post", "put", "patch", "delete", "options"].map((name) => [name, request]),
        ),
        create: { gives: "AxiosInstance" },
      },
    },
    AxiosStatic: { extends: ["AxiosInstance"] },
    AxiosResponse: {},
  },
};
