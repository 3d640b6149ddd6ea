// The heartbeat comes around with the event loop.
import assert from "node:assert";
import { createServer } from "node:http";

let beats = 0;
const server = createServer((_request, response) => response.end(String(beats)));
server.listen(0, "127.0.0.1", async () => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
  assert.ok(Number(await response.text()) > 0);
  process.exit();
});

const beat = () => {
  beats += 1;
  setImmediate(beat);
};
beat();
