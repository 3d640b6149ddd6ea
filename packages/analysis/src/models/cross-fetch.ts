import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const fetches: CallModel = { resolves: "global.Response", body: true };

/** cross-fetch: the platform's fetch, or one like it. */
export const crossFetch: LibraryModel = {
  modules: ["cross-fetch"],
  makes: { default: fetches, fetch: fetches, "*": fetches },
};
