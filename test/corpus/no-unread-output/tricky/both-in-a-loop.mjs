// A loop listens to both outputs.
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["-e", 'console.log("x".repeat(300_000)); console.error("y".repeat(300_000))']);
const sizes = new Map();
for (const output of [child.stdout, child.stderr]) {
  output.on("data", (chunk) => sizes.set(output, (sizes.get(output) ?? 0) + chunk.length));
}
await once(child, "close");
if ([...sizes.values()].some((size) => size !== 300_001)) throw new Error("incomplete");
