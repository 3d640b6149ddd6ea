// The wait is for what always comes: the end of the stream.
import assert from "node:assert";
import * as stream from "node:stream";
import { finished } from "node:stream/promises";

const sink = new stream.Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const done = finished(sink);
sink.end("small");
await done;
assert.ok(sink.writableFinished);
