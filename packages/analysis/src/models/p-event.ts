import type { LibraryModel } from "./model.ts";

/** p-event: a promise of the next event of whatever can be listened to. */
export const pEvent: LibraryModel = {
  modules: ["p-event"],
  exports: { pEvent: { role: "event" } },
};
