// What nobody reads stops the child, and the child is killed then: the alarm rings after a while.
const assert = require("node:assert");
const { spawn } = require("node:child_process");
const { once, EventEmitter } = require("node:events");

async function main() {
  const alarm = new EventEmitter();
  const child = spawn(process.execPath, ["-e", 'process.stdout.write("z".repeat(2_000_000))']);
  alarm.once("late", () => child.kill());
  setTimeout(() => alarm.emit("late"), 300);
  const [, signal] = await once(child, "exit");
  assert.equal(signal, "SIGTERM");
}

main();
