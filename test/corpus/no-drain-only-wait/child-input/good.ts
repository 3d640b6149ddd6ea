// The wait ends with the child as well.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn("sleep", ["0.1"], { stdio: ["pipe", "ignore", "ignore"] });
child.stdin.on("error", () => {});
const exited = once(child, "exit");
let exit: unknown;
for (let block = 0; block < 100 && exit === undefined; block += 1) {
  if (child.stdin.write(Buffer.alloc(64 * 1024))) continue;
  const drained = new Promise<undefined>((resolve) => void child.stdin.once("drain", () => resolve(undefined)));
  exit = await Promise.race([drained, exited]);
}
assert.deepEqual(exit, [0, null]);
