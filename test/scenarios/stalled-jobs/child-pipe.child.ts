// A command and what it prints. Broken: that is read when the command has ended; as long as it fits into the pipe, the
// command does end (and Node throws away what nobody has read by then).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

const bytes = form === "small" ? "1000" : "4000000";

await serve(() =>
  scope(async (s) => {
    const child = spawn("head", ["-c", bytes, "/dev/zero"], { stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(child, "exit");

    async function read(): Promise<number> {
      let printed = 0;
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) printed += chunk.length;
      return printed;
    }
    async function runToEnd(): Promise<number> {
      const printed = form === "fixed" ? await read() : undefined;
      await waiting("exit", ended, { resource: "head", holder: "reader of its stdout" });
      return printed ?? (await read());
    }
    return await s.spawn(runToEnd, { name: "runner" });
  }),
);
