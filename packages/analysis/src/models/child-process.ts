import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const started: CallModel = { gives: "ChildProcess", starts: ["spawn", "error", "exit", "close"] };

/** Child processes: they run from the call that makes them, and stop when nobody empties their pipes. */
export const childProcess: LibraryModel = {
  modules: ["child_process"],
  makes: {
    spawn: started,
    exec: started,
    execFile: started,
    spawnSync: { blocks: "thread" },
    execSync: { blocks: "thread" },
    execFileSync: { blocks: "thread" },
    fork: { gives: "ChildProcess", starts: ["spawn", "error", "message", "exit", "close"] },
  },
  resources: {
    ChildProcess: {
      extends: ["events.EventEmitter"],
      properties: { stdin: "stream.Writable", stdout: "stream.Readable", stderr: "stream.Readable" },
      methods: {
        kill: { starts: ["exit", "close"] },
        send: { starts: ["message"] },
        disconnect: { starts: ["disconnect"] },
      },
      events: {
        spawn: { once: true, state: ["pid"] },
        exit: { once: true, state: ["exitCode", "signalCode"] },
        close: { once: true, state: ["exitCode", "signalCode"], follows: ["exit", "error"] },
        error: {},
        message: {},
        disconnect: { once: true, state: ["connected"] },
      },
    },
    ChildProcessWithoutNullStreams: { extends: ["ChildProcess"] },
    ChildProcessByStdio: { extends: ["ChildProcess"] },
  },
};
