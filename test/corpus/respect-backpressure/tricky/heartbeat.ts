// Time sets the pace: a short line each few milliseconds fills no buffer.
import assert from "node:assert";
import { PassThrough } from "node:stream";
import { setInterval, setTimeout } from "node:timers/promises";

const events = new PassThrough();
events.resume();
let beats = 0;
for await (const time of setInterval(2, "tick")) {
  events.write(`${time} ${beats}\n`);
  if ((beats += 1) === 5) break;
}
while (beats < 10) {
  await setTimeout(2);
  events.write(`late ${beats}\n`);
  beats += 1;
}
assert.equal(beats, 10);
