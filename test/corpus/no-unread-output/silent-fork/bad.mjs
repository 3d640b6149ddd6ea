// silent makes pipes of a fork's outputs, so that it is silent only as long as it has little to say.
// Ends: hang
import { fork } from "node:child_process";
import { once } from "node:events";

if (process.argv[2] === "worker") {
  process.stdout.write("working\n".repeat(100_000), () => process.disconnect());
} else {
  const worker = fork(import.meta.filename, ["worker"], { silent: true });
  worker.on("message", (message) => process.stdout.write(String(message)));
  await once(worker, "exit"); // starves
}
