// The child has closed while its result was stored, and nobody heard its "close".
// Ends: exit 13
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as store } from "node:timers/promises";

const child = spawn(process.execPath, ["-p", "6 * 7"], { stdio: ["ignore", "pipe", "inherit"] });
let out = "";
for await (const chunk of child.stdout) out += chunk;
await store(300, out);
const [code] = await once(child, "close"); // starves
process.exitCode = code;
