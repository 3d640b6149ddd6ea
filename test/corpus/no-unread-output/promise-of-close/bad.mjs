// close comes when the pipes have ended, and they end when they have been read: that is what comes after this wait.
// Ends: hang
// cf. denoland/deno#12529
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

const child = spawn(process.execPath, ["-p", '"gauge;".repeat(50_000)'], { stdio: ["ignore", "pipe", "ignore"] });
const closed = new Promise((resolve, reject) => {
  child.once("error", reject);
  child.once("close", resolve);
});
await closed; // starves
const output = await text(child.stdout);
if (output.length !== 300_001) throw new Error(output.slice(0, 20));
