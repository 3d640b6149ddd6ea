// A helper of another file starts its reader at once and gives back its promise: the writes find somebody reading.
import { collect } from "./lib/collector.ts";

const pipe = new TransformStream<string, string>();
const collector = collect(pipe.readable);
const writer = pipe.writable.getWriter();
await writer.write("now");
await writer.write("then");
await writer.close();
const items = await collector.done;
if (items.join() !== "now,then") throw new Error(items.join());
