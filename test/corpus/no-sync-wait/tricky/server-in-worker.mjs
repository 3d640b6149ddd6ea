// The server lives on another thread, which answers while this one waits.
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  const [port] = await once(worker, "message");
  const script = `fetch("http://127.0.0.1:${port}/").then((response) => response.text()).then(console.log)`;
  assert.equal(String(execFileSync(process.execPath, ["-e", script])), "pong\n");
  await worker.terminate();
} else {
  const server = createServer((_request, response) => response.end("pong")).listen(0, "127.0.0.1", () => {
    parentPort.postMessage(server.address().port);
  });
}
