import type { LibraryModel } from "./model.ts";

/** The platform's fetch: what it resolves to, and that a clone is a response again. */
export const platformFetch: LibraryModel = {
  modules: ["global", "undici"],
  exports: {},
  makes: { fetch: { resolves: "Response" }, Response: { gives: "Response" } },
  resources: { Response: { methods: { clone: { gives: "Response" } } } },
};
