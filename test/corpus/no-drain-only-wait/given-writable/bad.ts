// The stream that the function was given is destroyed by its owner; the promise waits for its "drain" alone.
// Ends: exit 13
import { Writable } from "node:stream";

async function fill(out: Writable): Promise<void> {
  for (let block = 0; block < 10; block += 1) {
    if (!out.write("b".repeat(1024))) await new Promise<void>((resolve) => void out.once("drain", resolve)); // starves
  }
}

const sink = new Writable({
  highWaterMark: 1024,
  write() {
    setTimeout(() => sink.destroy(), 10);
  },
});
await fill(sink);
