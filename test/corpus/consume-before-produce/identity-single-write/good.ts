// The response reads its body from the moment text() is called, so the write finds a reader.
const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
const received = new Response(readable).text();
const writer = writable.getWriter();
await writer.write(new TextEncoder().encode("hello"));
await writer.close();

const text = await received;
if (text !== "hello") throw new Error(text);
