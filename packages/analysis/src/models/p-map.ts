import type { LibraryModel } from "./model.ts";

/** p-map: runs the mapper for so many elements at a time. */
export const pMap: LibraryModel = {
  modules: ["p-map"],
  exports: { default: { role: "map", option: "concurrency" } },
};
