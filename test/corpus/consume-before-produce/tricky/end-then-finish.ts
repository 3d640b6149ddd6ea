// end() and the wait for "finish" stand next to each other, and the child on the other side reads by itself.
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "inherit"] });
const exited = once(child, "exit");
for (let block = 0; block < 8; block += 1) {
  if (!child.stdin.write(Buffer.alloc(65_536))) await once(child.stdin, "drain");
}
child.stdin.end();
await once(child.stdin, "finish");

const [code] = (await exited) as [number];
if (code !== 0) throw new Error(`${code}`);
