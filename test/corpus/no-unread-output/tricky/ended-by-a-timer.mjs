// Nobody reads the log, but the child does not have to end by itself.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const server = spawn(process.execPath, ["-e", 'setInterval(() => console.log("x".repeat(10_000)))']);
await sleep(100);
server.kill();
const [, signal] = await once(server, "exit");
if (signal !== "SIGTERM") throw new Error(String(signal));
