// The scheduler begins a run each second, and keeps no count of those that still wait for their answer.
// Ends: exit 1
// Fails: several at once
// cf. node-cron/node-cron#258, node-cron/node-cron#23
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { Cron } from "croner";

const server = createServer((_request, response) => setTimeout(() => response.end("done"), 60));
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
let open = 0;
let worst = 0;

const job = new Cron("* * * * * *", { paused: true }, async () => { // starves
  open += 1;
  worst = Math.max(worst, open);
  const response = await fetch(url);
  await response.text();
  open -= 1;
});
await Promise.all([job.trigger(), job.trigger(), job.trigger()]);
job.stop();
server.closeAllConnections();
server.close();
assert.ok(worst <= 1, "several at once");
