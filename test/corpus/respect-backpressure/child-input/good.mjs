// The pipeline holds the blocks back until the child reads, and fails when it goes away.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";

async function* blocks() {
  for (let block = 0; block < 100; block += 1) yield Buffer.alloc(32 * 1024);
}

const child = spawn("sleep", ["5"], { stdio: ["pipe", "ignore", "ignore"] });
const feeding = pipeline(blocks, child.stdin);
setTimeout(() => {
  assert.ok(child.stdin.writableLength <= 128 * 1024);
  child.kill();
}, 100);
await assert.rejects(feeding);
