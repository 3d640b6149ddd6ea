// The command runs beside this thread.
import assert from "node:assert";
import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const path = join(mkdtempSync(join(tmpdir(), "status-")), "status.sock");
const server = createServer((socket) => socket.end("idle"));
await new Promise<void>((resolve) => server.listen(path, resolve));

async function status(): Promise<string> {
  const script = 'require("net").connect(process.argv[1]).pipe(process.stdout)';
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, path]);
  return stdout;
}

assert.equal(await status(), "idle");
server.close();
