// Write and close side by side are still both on the sending end.
// cf. whatwg/compression#55
// Ends: exit 13
import { randomBytes } from "node:crypto";

const deflate = new CompressionStream("deflate");
const writer = deflate.writable.getWriter();
const noise = randomBytes(1024 * 1024);
await Promise.all([writer.write(noise), writer.close()]); // starves

const inflated = deflate.readable.pipeThrough(new DecompressionStream("deflate"));
const bytes = await new Response(inflated).bytes();
if (!noise.equals(bytes)) throw new Error("damaged");
