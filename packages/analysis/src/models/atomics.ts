import type { LibraryModel } from "./model.ts";

/** `Atomics.wait`: sleeps with the whole thread, so that only another thread can wake it. */
export const atomics: LibraryModel = {
  modules: ["global"],
  makes: { "Atomics.wait": { blocks: "thread" } },
};
