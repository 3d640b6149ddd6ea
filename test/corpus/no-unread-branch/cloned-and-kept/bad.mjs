// The platform's clone() keeps for the copy all that the original has read: fast, and the whole body in memory.
// Ends: exit 1
// Fails: kept in memory
import assert from "node:assert";

let made = 0;
const source = new ReadableStream(
  {
    pull(controller) {
      made += 1;
      if (made > 500) controller.close();
      else controller.enqueue(new Uint8Array(16 * 1024));
    },
  },
  { highWaterMark: 0 },
);

const response = new Response(source);
const copy = response.clone();
const { byteLength } = await response.arrayBuffer(); // starves
const before = made;
const again = await copy.arrayBuffer();
assert(made > before, `${byteLength} bytes kept in memory for ${again.byteLength}`);
