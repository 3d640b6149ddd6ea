// What is read to the end needs no finished(): the end is known, and errors arrive by the same way.
import { Readable } from "node:stream";
import { createDeflate, inflateSync } from "node:zlib";

const deflate = createDeflate();
Readable.from(["weir, ", "weir, ", "weir"]).pipe(deflate);

const text = inflateSync(Buffer.concat(await deflate.toArray())).toString();
if (text !== "weir, weir, weir") throw new Error(text);
