import type { LibraryModel } from "./model.ts";

const fetches = { resolves: "Response" };

/** node-fetch: bodies are Node streams, and both copies of a cloned one share what its buffer holds. */
export const nodeFetch: LibraryModel = {
  modules: ["node-fetch", "minipass-fetch"],
  makes: { default: fetches, "*": fetches, Response: { gives: "Response" } },
  resources: {
    Response: { methods: { clone: { gives: "Response" } } },
  },
};
