import { DRIVE, NEUTRAL } from "./model.ts";
import type { LibraryModel } from "./model.ts";

/** Our own runtime is one more modelled library. */
export const tailrace: LibraryModel = {
  modules: ["tailrace"],
  exports: {
    channel: {
      role: "pipe",
      kind: "Channel",
      capacity: { unit: "items", size: 0, option: { argument: 0, property: "capacity" } },
    },
    drive: { role: "drive" },
    inspect: { role: "neutral" },
    report: { role: "neutral" },
  },
  declaredBy: "tailrace",
  types: { Channel: "Channel" },
  kinds: {
    Channel: {
      reads: true,
      members: {
        send: { role: "write", waits: true },
        trySend: { role: "write", waits: false },
        close: NEUTRAL,
        "@@asyncIterator": { role: "end", kind: "AsyncIterator" },
        "@@iterate": DRIVE,
      },
      otherwise: DRIVE,
    },
  },
};
