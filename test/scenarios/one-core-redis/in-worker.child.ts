// Runs the program in a worker thread.
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const worker = new Worker(join(import.meta.dirname, "main.ts"), { argv: process.argv.slice(2) });
const [code] = (await once(worker, "exit")) as [number];
process.exitCode = code;
