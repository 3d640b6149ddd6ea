import type { LibraryModel } from "./model.ts";

/** tar-stream: the next entry comes when the body of this one has been read. */
export const tarStream: LibraryModel = {
  modules: ["tar-stream"],
  makes: { extract: { gives: "Extract" } },
  resources: {
    Extract: {
      extends: ["stream.Writable"],
      events: { entry: { gives: ["", "Entry", ""], holds: 1 } },
      items: "Entry",
    },
    Entry: { extends: ["stream.Readable"] },
  },
};
