// The options stand further up: there is no pipe.
import { spawn } from "node:child_process";
import type { SpawnOptions } from "node:child_process";
import { once } from "node:events";

const quiet = { stdio: "ignore" } as const satisfies SpawnOptions;
const child = spawn(process.execPath, ["-e", 'console.log("x".repeat(300_000))'], quiet);
const [code] = (await once(child, "exit")) as [number];
if (code !== 0) throw new Error(String(code));
