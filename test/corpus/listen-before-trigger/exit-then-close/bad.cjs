// "close" comes in the same turn as "exit", before the code after the first await runs.
// Ends: exit 0 early
const { spawn } = require("node:child_process");
const events = require("node:events");

async function main() {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await events.once(child, "exit");
  await events.once(child, "close"); // starves
  console.log("closed");
}

main();
