import { spawn } from "node:child_process";
import { once } from "node:events";
import { OwnerDiedError } from "tailrace";
import { createMVar, openMVar } from "tailrace/processes";

const [, , name] = process.argv;

if (name === undefined) {
  await using count = await createMVar<number>({ value: 1 });
  const args = ["--conditions=tailrace-source", import.meta.filename, count.name];
  await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");

  await count.take().catch((error: unknown) => {
    if (error instanceof OwnerDiedError) console.log(error.message.replaceAll(/"\S+"|\d+/gu, "…"));
  });
  console.log(await count.take());
} else {
  const count = await openMVar<number>(name);
  await count.modify((value) => {
    process.kill(process.pid, "SIGKILL");
    return value + 1;
  });
}
// prints take on mvar …: process … has died while it had the value, which is as it was
// prints 1
