// The input is sent to its end before the output is read: the filter stops reading when nobody takes what it writes.
// Ends: hang
// cf. denoland/deno#7070
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

const filter = spawn(process.execPath, ["-e", "process.stdin.pipe(process.stdout)"], { stdio: ["pipe", "pipe", "ignore"] });
const rows = Array.from({ length: 300 }, () => "2026-11-21;4.2\n".repeat(1000));
await pipeline(Readable.from(rows), filter.stdin); // starves
const filtered = await text(filter.stdout);
if (filtered.length !== rows.join("").length) throw new Error("incomplete");
