// The chain reads the output in the step after the exit, which waits for somebody to read the output.
// Ends: hang
import * as processes from "node:child_process";
import * as events from "node:events";
import * as consumers from "node:stream/consumers";

const script = 'console.log(JSON.stringify(Array.from({ length: 40_000 }, (_, level) => ({ level }))))';
const child = processes.spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "ignore"] });
const levels = await events.once(child, "exit").then(() => consumers.json(child.stdout)); // starves
if (levels.length !== 40_000) throw new Error(String(levels.length));
