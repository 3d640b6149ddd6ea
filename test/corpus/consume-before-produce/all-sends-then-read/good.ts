// The read belongs into the same Promise.all.
import { randomBytes } from "node:crypto";

const deflate = new CompressionStream("deflate");
const inflated = deflate.readable.pipeThrough(new DecompressionStream("deflate"));
const writer = deflate.writable.getWriter();
const noise = randomBytes(1024 * 1024);
const [bytes] = await Promise.all([new Response(inflated).bytes(), writer.write(noise), writer.close()]);
if (!noise.equals(bytes)) throw new Error("damaged");
