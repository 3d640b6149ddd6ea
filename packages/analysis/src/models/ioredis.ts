import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const connecting: CallModel = {
  gives: "Redis",
  starts: ["connecting", "connect", "ready", "error"],
  unless: "lazyConnect",
};
const cluster: CallModel = {
  gives: "Cluster",
  starts: ["connecting", "connect", "ready", "error"],
  unless: "lazyConnect",
};
const blocking: CallModel = { blocks: "connection" };

const COMMANDS = [
  ["blpop", "brpop", "brpoplpush", "blmove", "blmpop"],
  ["bzpopmin", "bzpopmax", "bzmpop"],
].flat();

/** ioredis: connects from the line that makes it; a blocking command keeps every later one of its connection waiting. */
export const ioredis: LibraryModel = {
  modules: ["ioredis"],
  makes: { default: connecting, Redis: connecting, "*": connecting, Cluster: cluster, "default.Cluster": cluster },
  resources: {
    Redis: {
      extends: ["events.EventEmitter"],
      methods: {
        connect: { starts: ["connecting", "connect", "ready", "error"], awaits: ["connect", "ready"] },
        duplicate: connecting,
        ...Object.fromEntries(COMMANDS.map((name) => [name, blocking])),
        xread: { ...blocking, when: { BLOCK: "*" } },
        xreadgroup: { ...blocking, when: { BLOCK: "*" } },
      },
      events: {
        connect: { state: ["status"] },
        ready: { state: ["status"], follows: ["connect"] },
        end: { state: ["status"] },
      },
    },
    Cluster: {
      extends: ["events.EventEmitter"],
      methods: {
        connect: { starts: ["connecting", "connect", "ready", "error"], awaits: ["connect", "ready"] },
      },
      events: {
        connect: { state: ["status"] },
        ready: { state: ["status"], follows: ["connect"] },
        end: { state: ["status"] },
      },
    },
  },
};
