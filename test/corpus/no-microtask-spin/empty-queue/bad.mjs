// The lines of the child fill the queue, but its output is not read while this loop turns.
// Ends: blocked
import { spawn } from "node:child_process";

const chunks = [];
const child = spawn(process.execPath, ["-e", "console.log('ready')"]);
child.stdout.on("data", (chunk) => chunks.push(chunk));

async function next() {
  do {
    await new Promise((resolve) => queueMicrotask(resolve)); // starves
  } while (chunks.length === 0);
  return chunks.shift();
}

process.exitCode = String(await next()).startsWith("ready") ? 0 : 1;
