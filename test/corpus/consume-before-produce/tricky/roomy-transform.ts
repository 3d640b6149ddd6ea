// The readable side has room for ten chunks, and three are written.
const { readable, writable } = new TransformStream<string, string>(undefined, undefined, { highWaterMark: 10 });
const writer = writable.getWriter();
await writer.write("a");
await writer.write("b");
await writer.write("c");
await writer.close();

const text = (await Array.fromAsync(readable)).join("");
if (text !== "abc") throw new Error(text);
