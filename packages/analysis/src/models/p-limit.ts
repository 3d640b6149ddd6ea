import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const limit: CallModel = { gives: "LimitFunction", permits: { argument: 0, property: "concurrency" } };

/** p-limit: a function that runs what it is given when one of its permits is free. */
export const pLimit: LibraryModel = {
  modules: ["p-limit"],
  exports: { default: { role: "limiter" }, "*": { role: "limiter" } },
  makes: { default: limit, "*": limit },
  resources: {
    LimitFunction: {
      methods: { "@@call": { acquires: "permit", during: 0 }, map: { acquires: "permit", during: 1 } },
    },
  },
};
