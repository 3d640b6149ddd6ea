// Both lines fit into the buffer: their callbacks come although nobody reads yet.
import { PassThrough } from "node:stream";

const out = new PassThrough();
for (const line of ["name,size\n", "mill,12\n"]) await new Promise((resolve) => out.write(line, resolve));
out.end();

let text = "";
for await (const chunk of out) text += String(chunk);
if (text.length !== 18) throw new Error(text);
