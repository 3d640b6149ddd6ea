import type { LibraryModel } from "./model.ts";

const made = { gives: "Busboy" };

/** busboy: the form goes on when the file has been read. */
export const busboy: LibraryModel = {
  modules: ["busboy", "@fastify/busboy"],
  makes: { default: made, "*": made, Busboy: made, BusboyInstance: made },
  resources: {
    Busboy: {
      extends: ["stream.Writable"],
      events: { file: { gives: ["", "File"], holds: 1 } },
    },
    File: { extends: ["stream.Readable"] },
  },
};
