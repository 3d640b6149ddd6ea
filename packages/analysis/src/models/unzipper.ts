import type { LibraryModel } from "./model.ts";

/** unzipper and its relatives, as parsers of a stream. `Open` reads where it likes, and leaves what it does not need. */
export const unzipper: LibraryModel = {
  modules: ["unzipper", "unzip-stream", "unzip"],
  makes: { Parse: { gives: "ParseStream" } },
  resources: {
    ParseStream: {
      extends: ["stream.Duplex"],
      events: { entry: { gives: ["Entry"], holds: 0 } },
      items: "Entry",
    },
    Entry: { extends: ["stream.PassThrough"] },
  },
};
