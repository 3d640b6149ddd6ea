import { DRIVE, NEUTRAL } from "./model.ts";
import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

/** AWS SDK v3: an `Upload` reads its `Body` only once `done()` is called. */
export const awsUpload: LibraryModel = {
  modules: ["@aws-sdk/lib-storage"],
  exports: { Upload: { role: "lazy", kind: "Upload" } },
  kinds: { Upload: { reads: true, members: { done: DRIVE }, otherwise: NEUTRAL } },
};

const consume: CallModel = { consumes: true };

/** S3: the body of an object keeps a connection until it has been read or destroyed. */
export const awsS3: LibraryModel = {
  modules: ["@aws-sdk/client-s3"],
  makes: { S3: { gives: "S3" } },
  resources: {
    S3: { methods: { getObject: { resolves: "GetObjectCommandOutput", body: true } } },
    GetObjectCommandOutput: { properties: { Body: "Body" } },
    Body: {
      extends: ["stream.Readable"],
      methods: { transformToString: consume, transformToByteArray: consume, transformToWebStream: consume },
    },
  },
};
