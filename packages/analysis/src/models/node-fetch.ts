import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const fetches: CallModel = { resolves: "Response", body: true };
const consume: CallModel = { consumes: true };

/** node-fetch: bodies are Node streams, and both copies of a cloned one share what its buffer holds. */
export const nodeFetch: LibraryModel = {
  modules: ["node-fetch", "minipass-fetch"],
  makes: { default: fetches, "*": fetches, Response: { gives: "Response" } },
  resources: {
    Response: {
      properties: { body: "global.NodeJS.ReadableStream" },
      methods: {
        clone: { gives: "Response" },
        ...Object.fromEntries(
          ["arrayBuffer", "blob", "buffer", "formData", "json", "text"].map((name) => [name, consume]),
        ),
      },
    },
  },
};
