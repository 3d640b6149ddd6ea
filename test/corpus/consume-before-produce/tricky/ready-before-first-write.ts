// A fresh writer is ready at once; there is one write, and it is not awaited.
const { readable, writable } = new TextEncoderStream();
const writer = writable.getWriter();
await writer.ready;
void writer.write("once");
void writer.close();

const text = await new Response(readable).text();
if (text !== "once") throw new Error(text);
