// The child ends without having read its input; its pipe fails or closes, and never drains.
// Ends: exit 13
import { spawn } from "node:child_process";

const child = spawn("sleep", ["0.1"], { stdio: ["pipe", "ignore", "ignore"] });
child.stdin.on("error", () => {});
for (let block = 0; block < 100; block += 1) {
  if (child.stdin.write(Buffer.alloc(64 * 1024))) continue;
  await new Promise<void>((resolve) => void child.stdin.once("drain", resolve)); // starves
}
child.stdin.end();
