// Nothing in the loop ends it but success; those who wait for it have a deadline of their own.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const upload = { state: "sending" };
setTimeout(() => (upload.state = "aborted"), 5);

async function sent(): Promise<string> {
  while (upload.state !== "sent") await sleep(5);
  return upload.state;
}

const late = sleep(30).then(() => "late");
assert.equal(await Promise.race([sent(), late]), "late");
upload.state = "sent";
