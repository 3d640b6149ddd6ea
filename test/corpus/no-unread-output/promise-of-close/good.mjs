// Reading begins before the wait; the promise of close is awaited after it.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

const child = spawn(process.execPath, ["-p", '"gauge;".repeat(50_000)'], { stdio: ["ignore", "pipe", "ignore"] });
const closed = new Promise((resolve, reject) => {
  child.once("error", reject);
  child.once("close", resolve);
});
const output = text(child.stdout);
await closed;
if ((await output).length !== 300_001) throw new Error("incomplete");
