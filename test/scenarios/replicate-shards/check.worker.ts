/** Lints in a thread of its own, so that the terminal stays alive meanwhile: `[directory, patterns]` → findings. */
import { parentPort, workerData } from "node:worker_threads";
import { check } from "./linter.ts";

parentPort?.postMessage(await check(...(workerData as Parameters<typeof check>)));
