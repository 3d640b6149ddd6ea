import type { LibraryModel } from "./model.ts";

/** BullMQ: a worker takes jobs from the line that makes it, and waits in `close()` for those that run. */
export const bullmq: LibraryModel = {
  modules: ["bullmq"],
  makes: {
    Queue: { gives: "Queue" },
    QueueEvents: {
      gives: "QueueEvents",
      starts: ["active", "completed", "failed", "waiting", "error"],
      unless: "autorun",
    },
    Worker: {
      gives: "Worker",
      starts: ["ready", "active", "completed", "failed", "drained", "error"],
      unless: "autorun",
      permits: { argument: 2, property: "concurrency", default: 1 },
      passes: { 1: ["Job", "", ""] },
    },
  },
  resources: {
    Job: {},
    Queue: { extends: ["events.EventEmitter"], methods: { add: { resolves: "Job" }, getJob: { resolves: "Job" } } },
    QueueEvents: { extends: ["events.EventEmitter"], methods: { close: { starts: ["closed"] } } },
    Worker: {
      extends: ["events.EventEmitter"],
      methods: { close: { idle: true, starts: ["closing", "closed"] }, pause: { idle: true, starts: ["paused"] } },
      events: {
        ready: { once: true },
        active: { gives: ["Job"] },
        completed: { gives: ["Job"] },
        failed: { gives: ["Job"] },
        closed: { once: true },
      },
    },
  },
};
