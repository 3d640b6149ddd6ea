import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const client: CallModel = { gives: "RedisClientType" };
const blocking: CallModel = { blocks: "connection" };

const COMMANDS = ["blPop", "brPop", "brPopLPush", "blMove", "blmPop", "bzPopMin", "bzPopMax", "bzmPop"];

const READS = ["xRead", "XREAD", "xReadGroup", "XREADGROUP"];

/** node-redis: connects when it is told to; a blocking command keeps every later one of its connection waiting. */
export const redis: LibraryModel = {
  modules: ["redis", "@redis/client"],
  makes: { createClient: client },
  resources: {
    RedisClientType: {
      extends: ["events.EventEmitter"],
      methods: {
        connect: { resolves: "RedisClientType", starts: ["connect", "ready", "error"], awaits: ["connect", "ready"] },
        duplicate: client,
        ...Object.fromEntries(COMMANDS.flatMap((name) => [name, name.toUpperCase()]).map((name) => [name, blocking])),
        ...Object.fromEntries(READS.map((name) => [name, { ...blocking, when: { BLOCK: "*" } }])),
      },
      events: { connect: { state: ["isOpen"] }, ready: { state: ["isReady"], follows: ["connect"] } },
    },
  },
};
