import type { LibraryModel } from "./model.ts";

/** p-limit: a function that runs what it is given when one of its permits is free. */
export const pLimit: LibraryModel = {
  modules: ["p-limit"],
  exports: { default: { role: "limiter" }, "*": { role: "limiter" } },
};
