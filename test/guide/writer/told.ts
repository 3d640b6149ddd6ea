import { subscribe } from "node:diagnostics_channel";
import { PassThrough } from "node:stream";
import { writeScheduler } from "tailrace";
import type { TailraceEvents } from "tailrace";

subscribe("tailrace:writer", (message) => {
  const event = message as TailraceEvents["tailrace:writer"];
  if (event.type === "state") console.log(`${event.sink}: ${event.from} → ${event.to}`);
});

const peer = new PassThrough({ highWaterMark: 8 });
const sink = writeScheduler().sink<string>(peer, { name: "peer" });
const lane = sink.lane();
await lane.send("is more than 8 bytes");
await lane.send("waits until somebody reads");
await new Promise(setImmediate);
const { state, queued } = sink.stats;
console.log(state, queued);
peer.resume();
await lane.close();
// prints peer: idle → waiting-for-chunks
// prints peer: waiting-for-chunks → pending
// prints peer: pending → waiting-to-write
// prints waiting-to-write 26
// prints peer: waiting-to-write → pending
// prints peer: pending → waiting-for-chunks
// prints peer: waiting-for-chunks → idle
// prints peer: idle → waiting-for-chunks
