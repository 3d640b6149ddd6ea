// Writer and reader run side by side.
import { arrayBuffer } from "node:stream/consumers";

const encoder = new TextEncoderStream();
const out = encoder.writable.getWriter();
async function write(): Promise<void> {
  await out.write("naïve ");
  await out.write("café");
  await out.close();
}

const [bytes] = await Promise.all([arrayBuffer(encoder.readable), write()]);
if (bytes.byteLength !== 12) throw new Error(`${bytes.byteLength}`);
