import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const limiter: CallModel = { gives: "Bottleneck", permits: { argument: 0, property: "maxConcurrent" } };

/** Bottleneck: a limiter; a job that schedules another one and waits for it keeps its own place meanwhile. */
export const bottleneck: LibraryModel = {
  modules: ["bottleneck"],
  makes: { default: limiter, "*": limiter },
  resources: {
    Bottleneck: {
      methods: {
        schedule: { acquires: "permit", during: "function" },
        stop: { idle: true },
      },
    },
    "Bottleneck.Group": { methods: { key: { gives: "Bottleneck" } } },
  },
};
