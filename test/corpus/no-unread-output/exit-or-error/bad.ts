// Neither event of the race comes: the child is blocked on the pipe that is read only after its end.
// Ends: hang
// cf. nodejs/node#28713
import { spawn } from "node:child_process";
import { once } from "node:events";

async function dump(script: string): Promise<Buffer> {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  await Promise.race([once(child, "exit"), once(child, "error")]); // starves
  return Buffer.concat(await child.stdout.toArray());
}

const dumped = await dump('process.stdout.write("level 4.2\\n".repeat(200_000))');
if (dumped.length !== 2_000_000) throw new Error(String(dumped.length));
