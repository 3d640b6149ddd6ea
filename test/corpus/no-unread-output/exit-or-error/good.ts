// The output is gathered from the start, beside the race.
import { spawn } from "node:child_process";
import { once } from "node:events";

async function dump(script: string): Promise<Buffer> {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  const output = child.stdout.toArray();
  await Promise.race([once(child, "exit"), once(child, "error")]);
  return Buffer.concat(await output);
}

const dumped = await dump('process.stdout.write("level 4.2\\n".repeat(200_000))');
if (dumped.length !== 2_000_000) throw new Error(String(dumped.length));
