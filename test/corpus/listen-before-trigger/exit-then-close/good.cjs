// Both promises exist before either event can come.
const { spawn } = require("node:child_process");
const events = require("node:events");

async function main() {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  const closed = events.once(child, "close");
  await events.once(child, "exit");
  await closed;
  console.log("closed");
}

main();
