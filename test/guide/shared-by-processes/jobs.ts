import { spawn } from "node:child_process";
import { createMVar, openMVar } from "tailrace/processes";

const [, , name] = process.argv;

if (name === undefined) {
  await using jobs = await createMVar<string>();
  const args = ["--conditions=tailrace-source", import.meta.filename, jobs.name];
  spawn(process.execPath, args, { stdio: "inherit" });
  for (const job of ["wash", "dry", "stop"]) await jobs.put(job);
  console.log("all are put");
} else {
  await using jobs = await openMVar<string>(name);
  let done = 0;
  while ((await jobs.take({ timeout: 10_000 })) !== "stop") done++;
  process.exitCode = done === 2 ? 0 : 1;
}
// prints all are put
