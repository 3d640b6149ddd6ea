// A child closes after its output has ended; who has just read it comes in time.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["-p", "1"], { stdio: ["ignore", "pipe", "inherit"] });
let text = "";
for await (const chunk of child.stdout) text += chunk;
const [code] = await once(child, "close");
assert.deepEqual([text.trim(), code], ["1", 0]);
