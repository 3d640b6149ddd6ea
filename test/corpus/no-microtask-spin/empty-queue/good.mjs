// The output of the child is iterated over.
import assert from "node:assert";
import { spawn } from "node:child_process";

const child = spawn(process.execPath, ["-e", "console.log('ready')"]);
let text = "";
for await (const chunk of child.stdout) text += chunk;
assert.equal(text, "ready\n");
