// A tick that finds a run under way is left out.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { Cron } from "croner";

const server = createServer((_request, response) => setTimeout(() => response.end("done"), 60));
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
let open = 0;
let worst = 0;
let busy = false;

const job = new Cron("* * * * * *", { paused: true }, async () => {
  if (busy) return;
  busy = true;
  try {
    open += 1;
    worst = Math.max(worst, open);
    const response = await fetch(url);
    await response.text();
    open -= 1;
  } finally {
    busy = false;
  }
});
await Promise.all([job.trigger(), job.trigger(), job.trigger()]);
job.stop();
server.closeAllConnections();
server.close();
assert.equal(worst, 1);
