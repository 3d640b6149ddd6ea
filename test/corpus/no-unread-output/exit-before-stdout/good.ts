// The output is read while the child runs, and both are awaited together.
import { spawn } from "node:child_process";
import { once } from "node:events";

const report = 'process.stdout.write("level 4.2\\n".repeat(200_000))';
const child = spawn(process.execPath, ["-e", report]);
let size = 0;
const count = async (): Promise<void> => {
  for await (const chunk of child.stdout) size += (chunk as Buffer).length;
};
await Promise.all([count(), once(child, "close")]);
if (size !== 2_000_000) throw new Error(String(size));
