// The warnings go where ours go.
import { spawn } from "node:child_process";

const compiler = `
  for (let page = 0; page < 20_000; page += 1) console.warn("overfull box on page", page);
  console.log("done");
`;

async function compile(): Promise<string> {
  const child = spawn(process.execPath, ["-e", compiler], { stdio: ["ignore", "pipe", "ignore"] });
  let result = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (result += chunk));
  await new Promise((resolve) => child.on("close", resolve));
  return result;
}

if ((await compile()) !== "done\n") throw new Error("no result");
