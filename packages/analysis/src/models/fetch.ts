import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const fetches: CallModel = { resolves: "Response", body: true };
const consume: CallModel = { consumes: true };

/** The platform's fetch: what it resolves to, that a clone is a response again, and what reads its body. */
export const platformFetch: LibraryModel = {
  modules: ["global", "undici"],
  exports: { fetch: { role: "drive" } },
  makes: { fetch: fetches, Response: { gives: "Response" } },
  resources: {
    Response: {
      properties: { body: "ReadableStream" },
      methods: {
        clone: { gives: "Response" },
        arrayBuffer: consume,
        blob: consume,
        bytes: consume,
        formData: consume,
        json: consume,
        text: consume,
      },
    },
    ReadableStream: {
      methods: {
        cancel: consume,
        getReader: consume,
        pipeThrough: consume,
        pipeTo: consume,
        tee: consume,
        values: consume,
      },
    },
  },
};
