// finished() on a duplex stream waits for both sides; the readable side ends when somebody has read it.
// cf. nodejs/node#40116
// Ends: exit 13
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { createDeflate, inflateSync } from "node:zlib";

const deflate = createDeflate();
Readable.from(["weir, ", "weir, ", "weir"]).pipe(deflate);
await finished(deflate); // starves

const text = inflateSync(Buffer.concat(await deflate.toArray())).toString();
if (text !== "weir, weir, weir") throw new Error(text);
