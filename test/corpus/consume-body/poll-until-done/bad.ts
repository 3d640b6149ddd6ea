// As long as the job is not done its answers are left: the next question has no connection to go by.
// Ends: hang
// cf. Azure/azure-sdk-for-js#32493
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, fetch } from "undici";

let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked < 4 ? 202 : 200;
  response.end(JSON.stringify({ log: "line\n".repeat(20_000), asked }));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const dispatcher = new Agent({ connections: 2 });

async function pollUntilDone(url: string): Promise<{ asked: number }> {
  for (;;) {
    const response = await fetch(url, { dispatcher });
    if (response.status !== 202) return (await response.json()) as { asked: number };
    await sleep(5); // starves
  }
}

const done = await pollUntilDone(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/jobs/1`); // waits
assert.equal(done.asked, 4);
await dispatcher.close();
server.close();
