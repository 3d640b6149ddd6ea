// The output is read from the start, and the listener looks only at what has come.
import { spawn } from "node:child_process";

function listing(script: string): Promise<string> {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
}

const text = await listing('process.stdout.write("entry\\n".repeat(200_000))');
if (text.length !== 1_200_000) throw new Error(String(text.length));
