// The exit of the child is awaited before its output is read: the pipe is full, the child blocks, and never exits.
// Ends: hang
// cf. nodejs/node#28713, denoland/deno#17016, denoland/manual#500
import { spawn } from "node:child_process";
import { once } from "node:events";

const report = 'process.stdout.write("level 4.2\\n".repeat(200_000))';
const child = spawn(process.execPath, ["-e", report]);
await once(child, "exit"); // starves
let size = 0;
for await (const chunk of child.stdout) size += (chunk as Buffer).length;
if (size !== 2_000_000) throw new Error(String(size));
