// Silent, and without a pipe.
import { fork } from "node:child_process";
import { once } from "node:events";

if (process.argv[2] === "worker") {
  process.stdout.write("working\n".repeat(100_000), () => process.disconnect());
} else {
  const worker = fork(import.meta.filename, ["worker"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  worker.on("message", (message) => process.stdout.write(String(message)));
  const [code] = await once(worker, "exit");
  if (code !== 0) throw new Error(String(code));
}
