// The reader is a function that stands further down, and is called before the wait.
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["-e", 'process.stdout.write("x".repeat(300_000))']);
let size = 0;
listen();
await once(child, "close");
if (size !== 300_000) throw new Error(String(size));

function listen() {
  child.stdout.on("data", (chunk) => (size += chunk.length));
}
