// The promise is made before the stream is read.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";

const words = new Readable({ read() {} });
words.push("a");
words.push(null);
const closed = once(words, "close");
let text = "";
for await (const word of words) text += word;
await closed;
assert.equal(text, "a");
