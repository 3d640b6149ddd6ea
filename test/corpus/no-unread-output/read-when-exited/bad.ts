// The listener reads the output, and it is called when the child has ended: a child with much to say never ends.
// Ends: hang
// cf. denoland/deno#2505
import { spawn } from "node:child_process";

function listing(script: string): Promise<string> {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  const { stdout } = child;
  return new Promise((resolve, reject) => { // starves
    child.once("error", reject);
    child.once("exit", async () => {
      let text = "";
      for await (const chunk of stdout) text += String(chunk);
      resolve(text);
    });
  });
}

const text = await listing('process.stdout.write("entry\\n".repeat(200_000))'); // waits
if (text.length !== 1_200_000) throw new Error(String(text.length));
