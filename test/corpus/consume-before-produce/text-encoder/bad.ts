// Two writes in a row, no loop: the encoder's readable side is looked at only after close().
// Ends: exit 13
import { arrayBuffer } from "node:stream/consumers";

const encoder = new TextEncoderStream();
const out = encoder.writable.getWriter();
await out.write("naïve "); // starves
await out.write("café");
await out.close();

const bytes = await arrayBuffer(encoder.readable);
if (bytes.byteLength !== 12) throw new Error(`${bytes.byteLength}`);
