import type { LibraryModel } from "./model.ts";

/** multiparty: the form goes on when the part has been read. */
export const multiparty: LibraryModel = {
  modules: ["multiparty"],
  makes: { Form: { gives: "Form" } },
  resources: {
    Form: {
      extends: ["stream.Writable"],
      events: { part: { gives: ["Part"], holds: 0 } },
    },
    Part: { extends: ["stream.Readable"] },
  },
};
