// The command talks to a socket on which only this thread answers, and this thread waits for the command.
// Ends: blocked
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const path = join(mkdtempSync(join(tmpdir(), "status-")), "status.sock");
const server = createServer((socket) => socket.end("idle"));
await new Promise<void>((resolve) => server.listen(path, resolve));

function status(): string {
  const script = 'require("net").connect(process.argv[1]).pipe(process.stdout)';
  return execFileSync(process.execPath, ["-e", script, path], { encoding: "utf8" }); // starves
}

status();
server.close();
