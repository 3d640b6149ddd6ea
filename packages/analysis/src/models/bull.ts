import type { LibraryModel } from "./model.ts";

/** Bull: a queue tells of its jobs by itself; what it tells while nobody listens is lost. */
export const bull: LibraryModel = {
  modules: ["bull"],
  makes: { default: { gives: "Queue" }, "*": { gives: "Queue" } },
  resources: {
    Job: {},
    Queue: {
      extends: ["events.EventEmitter"],
      methods: { add: { resolves: "Job" } },
    },
  },
};
