// A helper of another file keeps the stream where a loop that runs already finds it.
import { register, serve } from "./lib/registry.ts";

const serving = serve(["first"]);
const first = new TransformStream<string, string>();
register("first", first.readable);
const writer = first.writable.getWriter();
await writer.write("one");
await writer.write("two");
await writer.close();
const all = await serving;
if (all !== "onetwo") throw new Error(all);
