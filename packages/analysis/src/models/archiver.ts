import { DRIVE, NEUTRAL } from "./model.ts";
import type { ApiModel, LibraryModel } from "./model.ts";

/** archiver: `finalize()` resolves when the archive has been read to its end. */
const archiverPipe: ApiModel = { role: "pipe", kind: "Archiver", capacity: { unit: "bytes", size: 65_536 } };

export const archiver: LibraryModel = {
  modules: ["archiver"],
  exports: {
    default: archiverPipe,
    create: archiverPipe,
    ZipArchive: archiverPipe,
    TarArchive: archiverPipe,
    "*": archiverPipe,
  },
  declaredBy: "archiver",
  types: { Archiver: "Archiver", ZipArchive: "Archiver", TarArchive: "Archiver" },
  kinds: {
    Archiver: {
      reads: true,
      members: {
        append: { role: "write", waits: false },
        file: { role: "write", waits: false },
        directory: { role: "write", waits: false },
        glob: { role: "write", waits: false },
        symlink: { role: "write", waits: false },
        finalize: { role: "wait" },
        on: { role: "listen" },
        once: { role: "listen" },
        pipe: { role: "into", returns: "argument" },
        "@@iterate": DRIVE,
        pointer: NEUTRAL,
        abort: DRIVE,
      },
      otherwise: DRIVE,
    },
  },
};
