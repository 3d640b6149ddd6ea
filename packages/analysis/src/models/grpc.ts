import type { LibraryModel } from "./model.ts";

const status = { metadata: { once: true }, status: { once: true } };

/** grpc-js: streaming calls are Node streams, on both sides. */
export const grpc: LibraryModel = {
  modules: ["@grpc/grpc-js"],
  resources: {
    ClientReadableStream: { extends: ["stream.Readable"], events: status },
    ClientWritableStream: { extends: ["stream.Writable"], events: status },
    ClientDuplexStream: { extends: ["stream.Readable", "stream.Writable"], events: status },
    ServerReadableStream: { extends: ["stream.Readable"] },
    ServerWritableStream: { extends: ["stream.Writable"] },
    ServerDuplexStream: { extends: ["stream.Readable", "stream.Writable"] },
  },
};
