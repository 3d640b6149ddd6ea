import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const add: CallModel = { acquires: "permit", during: 0 };

/** p-queue: a limiter made with `new`. */
export const pQueue: LibraryModel = {
  modules: ["p-queue"],
  exports: { default: { role: "limiter", option: "concurrency" } },
  makes: { default: { gives: "PQueue", permits: { argument: 0, property: "concurrency" } } },
  resources: {
    PQueue: {
      methods: {
        add,
        addAll: add,
        onIdle: { idle: true },
        onPendingZero: { idle: true },
        onEmpty: { idle: "queued" },
        onSizeLessThan: { idle: "queued" },
      },
    },
  },
};
