// The text is there when the stream has ended: nothing else is to be waited for.
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";

const source = createReadStream(import.meta.filename);
const content = await text(source);
if (!content.includes("text")) throw new Error(content);
