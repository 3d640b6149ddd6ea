import { DRIVE, NEUTRAL } from "./model.ts";
import type { KindModel, LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const SENDING: KindModel["members"] = {
  send: { role: "write", waits: true },
  trySend: { role: "write", waits: false },
  close: NEUTRAL,
};

const limit: CallModel = { gives: "Limit", permits: { argument: 0, property: "concurrency" } };

/** Our own runtime is one more modelled library. */
export const tailrace: LibraryModel = {
  modules: ["tailrace"],
  exports: {
    channel: {
      role: "pipe",
      kind: "Channel",
      capacity: {
        unit: "items",
        size: 0,
        option: { argument: 0, property: "capacity" },
        overflow: { property: "overflow", waits: "wait" },
      },
    },
    limit: { role: "limiter" },
    mapConcurrent: { role: "map", option: "concurrency" },
    drive: { role: "drive" },
    inspect: { role: "neutral" },
    report: { role: "neutral" },
  },
  declaredBy: "tailrace",
  types: { Channel: "Channel", Sender: "Sender" },
  kinds: {
    Channel: {
      reads: true,
      members: {
        ...SENDING,
        sender: { role: "end", kind: "Sender" },
        "@@asyncIterator": { role: "end", kind: "AsyncIterator" },
        "@@iterate": DRIVE,
      },
      otherwise: DRIVE,
    },
    Sender: { reads: false, members: { ...SENDING, clone: { role: "end", kind: "Sender" } }, otherwise: NEUTRAL },
  },
  makes: { limit, writeScheduler: { gives: "WriteScheduler" } },
  resources: {
    // What is sent on a lane waits in the lane; what its stream of Node refuses has to be heeded, as that of any other.
    WriteScheduler: { methods: { sink: { gives: "WriteSink" } } },
    WriteSink: { methods: { lane: { gives: "Lane" } } },
    Lane: { methods: { writable: { gives: "stream.Writable" } } },
    Limit: { methods: { "@@call": { acquires: "permit", during: 0 }, map: { acquires: "permit", during: 1 } } },
  },
};
