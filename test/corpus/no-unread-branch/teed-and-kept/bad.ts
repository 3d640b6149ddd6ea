// One branch is read to its end before the other begins: nothing waits, but all of the source is in memory by then.
// Ends: exit 1
// Fails: kept in memory
// cf. whatwg/streams#1235, cloudflare/cloudflare-docs#10026, whatwg/streams#1233
import assert from "node:assert";

let made = 0;
const source = new ReadableStream<Uint8Array>(
  {
    pull(controller) {
      made += 1;
      if (made > 500) controller.close();
      else controller.enqueue(new Uint8Array(16 * 1024));
    },
  },
  { highWaterMark: 0 },
);

const [left, right] = source.tee();
let read = 0;
for await (const chunk of left) read += chunk.length; // starves
const reader = right.getReader();
await reader.read();
const kept = read - 16 * 1024;
await reader.cancel();
assert(kept < 1024 * 1024, `${String(kept)} bytes kept in memory`);
