// Whoever listens from the beginning has the "close" when it asks for it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as store } from "node:timers/promises";

const child = spawn(process.execPath, ["-p", "6 * 7"], { stdio: ["ignore", "pipe", "inherit"] });
const closed = once(child, "close");
let out = "";
for await (const chunk of child.stdout) out += chunk;
await store(300, out);
const [code] = await closed;
assert.deepEqual([code, out.trim()], [0, "42"]);
