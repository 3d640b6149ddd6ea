import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const pool: CallModel = { gives: "Piscina", permits: { argument: 0, property: "maxThreads" } };

/** Piscina: a worker of the pool is busy until the task is done. */
export const piscina: LibraryModel = {
  modules: ["piscina"],
  makes: { default: pool, Piscina: pool, "*": pool, "default.Piscina": pool },
  resources: {
    Piscina: {
      extends: ["events.EventEmitter"],
      methods: { run: { acquires: "permit", during: "call" }, close: { idle: true }, destroy: { starts: ["close"] } },
      events: { drain: { state: ["needsDrain"] }, close: { once: true } },
    },
  },
};
