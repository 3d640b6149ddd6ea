import { DRIVE, NEUTRAL } from "./model.ts";
import type { LibraryModel } from "./model.ts";

/** AWS SDK v3: an `Upload` reads its `Body` only once `done()` is called. */
export const awsUpload: LibraryModel = {
  modules: ["@aws-sdk/lib-storage"],
  exports: { Upload: { role: "lazy", kind: "Upload" } },
  kinds: { Upload: { reads: true, members: { done: DRIVE }, otherwise: NEUTRAL } },
};
