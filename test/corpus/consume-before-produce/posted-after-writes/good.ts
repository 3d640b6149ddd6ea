// The other side has the stream before anything is written.
import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";

const { port1, port2 } = new MessageChannel();
const received = once(port2, "message").then(async ([stream]) => await Array.fromAsync(stream as ReadableStream<string>));

const lines = new TransformStream<string, string>();
port1.postMessage(lines.readable, [lines.readable]);
const writer = lines.writable.getWriter();
await writer.write("sluice");
await writer.write("weir");
await writer.close();

const names = await received;
port1.close();
if (names.join() !== "sluice,weir") throw new Error(names.join());
