// The listener of the end stands first, but nothing happens before the code below it has begun to read.
const { spawn } = require("node:child_process");

function output(script) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const chunks = [];
    child.once("close", () => resolve(Buffer.concat(chunks)));
    child.once("error", reject);
    child.stdout.on("data", (chunk) => chunks.push(chunk));
  });
}

output('process.stdout.write("x".repeat(300_000))').then(({ length }) => {
  if (length !== 300_000) throw new Error(String(length));
});
