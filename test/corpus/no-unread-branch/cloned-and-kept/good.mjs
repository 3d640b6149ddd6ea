// One reading, whose result serves twice.
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
const body = await response.arrayBuffer();
const copy = new Response(body);
assert.equal((await copy.arrayBuffer()).byteLength, body.byteLength);
