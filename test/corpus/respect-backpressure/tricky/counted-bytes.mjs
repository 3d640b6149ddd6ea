// What is written is counted, and there is an end to it however much comes.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Writable } from "node:stream";

const LIMIT = 1000;
let kept = 0;
const log = new Writable({
  write(chunk, _encoding, done) {
    kept += chunk.length;
    setTimeout(done, 1);
  },
});

const child = spawn(process.execPath, ["-e", "process.stdout.write('x'.repeat(200_000))"], {
  stdio: ["ignore", "pipe", "inherit"],
});
let written = 0;
child.stdout.on("data", (chunk) => {
  const piece = chunk.subarray(0, 300);
  if (written + piece.length > LIMIT) return;
  written += piece.length;
  log.write(piece);
});
await once(child, "close");
log.end();
await once(log, "finish");
assert.ok(kept > 0 && kept <= LIMIT);
