// The loop over the stream ends when the stream has closed; the promise of "close" is made after that.
// Ends: exit 13
// cf. nodejs/node#28650
import { once } from "node:events";
import { Readable } from "node:stream";

const words = new Readable({ read() {} });
words.push("a");
words.push(null);
let text = "";
for await (const word of words) text += word;
await once(words, "close"); // starves
if (text !== "a") throw new Error(text);
