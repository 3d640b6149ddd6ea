// The stream is given to a generator of another file, which reads nothing until it is iterated after the writes.
// Ends: exit 13
// Needs types: only the other file says that the function is a generator.
import * as format from "./helper.ts";

const source = new TransformStream<string, string>();
const lines = format.numbered(source.readable);
const writer = source.writable.getWriter();
await writer.write("salt"); // starves
await writer.write("pepper");
await writer.close();
const list: string[] = [];
for await (const line of lines) list.push(line);
if (list.join() !== "1 salt,2 pepper") throw new Error(list.join());
