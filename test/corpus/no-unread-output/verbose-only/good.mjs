// What is not shown is read all the same, and dropped.
import { spawn } from "node:child_process";
import { once } from "node:events";

const verbose = process.argv.includes("--verbose");

async function build(script) {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  if (verbose) {
    child.stdout.pipe(process.stdout);
  } else {
    child.stdout.resume();
  }
  const [code] = await once(child, "close");
  return code;
}

if ((await build('process.stdout.write("compiled\\n".repeat(100_000))')) !== 0) throw new Error("failed");
