// A default TransformStream has no room on its readable side: one write is enough to wait for ever.
// cf. nodejs/node#54453, oven-sh/bun#29130
// Ends: exit 13
const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
const writer = writable.getWriter();
await writer.write(new TextEncoder().encode("hello")); // starves
await writer.close();

const text = await new Response(readable).text();
if (text !== "hello") throw new Error(text);
