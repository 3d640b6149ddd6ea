// The first write waits until the other side reads, and that is given the stream only afterwards.
// Ends: hang
import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";

const { port1, port2 } = new MessageChannel();
const received = once(port2, "message").then(async ([stream]) => await Array.fromAsync(stream as ReadableStream<string>));

const lines = new TransformStream<string, string>();
const writer = lines.writable.getWriter();
await writer.write("sluice"); // starves
await writer.write("weir");
port1.postMessage(lines.readable, [lines.readable]);
await writer.close();

const names = await received;
port1.close();
if (names.join() !== "sluice,weir") throw new Error(names.join());
