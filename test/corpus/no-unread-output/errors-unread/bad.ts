// The result is read, but not the pipe of the warnings: when that one is full, the result does not go on either.
// Ends: hang
// cf. saadq/node-latex#12
import { spawn } from "node:child_process";

const compiler = `
  for (let page = 0; page < 20_000; page += 1) console.warn("overfull box on page", page);
  console.log("done");
`;

async function compile(): Promise<string> {
  const child = spawn(process.execPath, ["-e", compiler]);
  let result = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (result += chunk));
  await new Promise((resolve) => child.on("close", resolve)); // starves
  return result;
}

if ((await compile()) !== "done\n") throw new Error("no result");
