// Input and output flow at the same time.
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

const filter = spawn(process.execPath, ["-e", "process.stdin.pipe(process.stdout)"], { stdio: ["pipe", "pipe", "ignore"] });
const rows = Array.from({ length: 300 }, () => "2026-11-21;4.2\n".repeat(1000));
const [, filtered] = await Promise.all([pipeline(Readable.from(rows), filter.stdin), text(filter.stdout)]);
if (filtered.length !== rows.join("").length) throw new Error("incomplete");
