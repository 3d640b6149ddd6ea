// The child does not read, so its pipe is full after 64 KiB; the rest of the file stands in this process.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { spawn } from "node:child_process";

async function* blocks() {
  for (let block = 0; block < 100; block += 1) yield Buffer.alloc(32 * 1024);
}

const child = spawn("sleep", ["5"], { stdio: ["pipe", "ignore", "ignore"] });
const { stdin } = child;
stdin.on("error", () => {});
for await (const block of blocks()) {
  stdin.write(block); // starves
}
const buffered = stdin.writableLength;
child.kill();
assert.ok(buffered <= 128 * 1024, `buffered ${buffered} bytes`);
