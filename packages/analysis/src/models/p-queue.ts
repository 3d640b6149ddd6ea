import type { LibraryModel } from "./model.ts";

/** p-queue: a limiter made with `new`. */
export const pQueue: LibraryModel = {
  modules: ["p-queue"],
  exports: { default: { role: "limiter", option: "concurrency" } },
};
