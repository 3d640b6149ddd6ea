// Each job makes its own promise and brings about what resolves it: once there is a promise, its job runs.
import assert from "node:assert";
import { spawn } from "node:child_process";
import pLimit from "p-limit";

const names = process.argv.slice(2).concat("one", "two", "three");
const limit = pLimit(2);
const checks = [];
for (const name of names) {
  checks.push(
    limit(
      () =>
        new Promise((resolve) => {
          if (name === "two") {
            resolve(0);
            return;
          }
          const child = spawn(process.execPath, ["-e", "process.exit(3)"], { stdio: "ignore" });
          child.on("exit", (code) => resolve(code));
        }),
    ),
  );
}
assert.deepEqual(await Promise.all(checks), [3, 0, 3]);
