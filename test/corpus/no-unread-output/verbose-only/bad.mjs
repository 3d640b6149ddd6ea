// The output is shown where somebody asked for it, and left in the pipe where nobody did: there the child blocks.
// Ends: hang
import { spawn } from "node:child_process";
import { once } from "node:events";

const verbose = process.argv.includes("--verbose");

async function build(script) {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  if (verbose) {
    child.stdout.pipe(process.stdout);
  }
  const [code] = await once(child, "close"); // starves
  return code;
}

if ((await build('process.stdout.write("compiled\\n".repeat(100_000))')) !== 0) throw new Error("failed");
