// Both branches are read at once, and nothing piles up between them.
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
let apart = 0;
let most = 0;
const take = async (branch: ReadableStream<Uint8Array>, sign: number): Promise<void> => {
  for await (const chunk of branch) {
    apart += sign * chunk.length;
    most = Math.max(most, Math.abs(apart));
  }
};
await Promise.all([take(left, 1), take(right, -1)]);
assert(most < 1024 * 1024, `${String(most)} bytes kept in memory`);
