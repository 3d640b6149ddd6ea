// When all of the text is there the stream has ended; the promise of "end" is made after that.
// Ends: exit 13
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";

const source = createReadStream(import.meta.filename);
const content = await text(source);
await once(source, "end"); // starves
if (!content.includes("once")) throw new Error(content);
