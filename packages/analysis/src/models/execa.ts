import type { LibraryModel } from "./model.ts";

/** execa: reads the output of its children by itself; only its synchronous forms stop everything else. */
export const execa: LibraryModel = {
  modules: ["execa"],
  makes: { execaSync: { blocks: "thread" } },
};
