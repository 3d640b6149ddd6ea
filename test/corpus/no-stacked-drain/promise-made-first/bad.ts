// To listen before writing misses no event, but there is none: the chunk is small.
// Ends: exit 13
import { once } from "node:events";
import * as stream from "node:stream";

const sink = new stream.Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const drained = once(sink, "drain");
sink.write("small");
await drained; // starves
sink.end();
