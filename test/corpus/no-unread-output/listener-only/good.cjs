// What nobody wants to read is no pipe.
const { spawn } = require("node:child_process");

function run(script) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))));
  });
}

async function main() {
  await run('for (let line = 0; line < 50_000; line += 1) console.log("line", line)');
}

main();
