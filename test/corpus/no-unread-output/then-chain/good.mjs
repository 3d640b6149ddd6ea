// The reading is the promise that is waited for; the child exits in the meantime.
import * as processes from "node:child_process";
import * as consumers from "node:stream/consumers";

const script = 'console.log(JSON.stringify(Array.from({ length: 40_000 }, (_, level) => ({ level }))))';
const child = processes.spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "ignore"] });
const levels = await consumers.json(child.stdout);
if (levels.length !== 40_000) throw new Error(String(levels.length));
