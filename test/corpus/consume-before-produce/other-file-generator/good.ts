// The generator is iterated while the lines are written.
import * as format from "./helper.ts";

const source = new TransformStream<string, string>();
const listing = Array.fromAsync(format.numbered(source.readable));
const writer = source.writable.getWriter();
await writer.write("salt");
await writer.write("pepper");
await writer.close();
const list = await listing;
if (list.join() !== "1 salt,2 pepper") throw new Error(list.join());
