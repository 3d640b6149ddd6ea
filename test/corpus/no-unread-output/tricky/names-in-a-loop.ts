// Both pipes are read: the loop goes over their names.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["-e", 'process.stdout.write("level 4.2\\n".repeat(50_000))']);
let size = 0;
for (const name of ["stdout", "stderr"] as const) {
  child[name].on("data", (chunk: Buffer) => {
    size += chunk.length;
  });
}
await once(child, "close");
assert.equal(size, 500_000);
