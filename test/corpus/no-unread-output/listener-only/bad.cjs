// Only the exit code is of interest, so nobody reads the pipes that spawn makes by default: the child blocks at 64 KiB.
// Ends: hang
// cf. nodejs/node#4236, liamdarmody/rundock#188
const { spawn } = require("node:child_process");

function run(script) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", script]);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`)))); // starves
  });
}

async function main() {
  await run('for (let line = 0; line < 50_000; line += 1) console.log("line", line)'); // waits
}

main();
