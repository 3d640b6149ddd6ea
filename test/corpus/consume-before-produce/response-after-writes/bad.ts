// A fetch-style handler: whoever reads the body can do so only after the handler has returned it.
// cf. MattiasBuelens/web-streams-polyfill#143
// Ends: exit 13
async function handle(request: Request): Promise<Response> {
  const count = Number(new URL(request.url).searchParams.get("count"));
  const events = new TransformStream<Uint8Array, Uint8Array>();
  const writer = events.writable.getWriter();
  const encoder = new TextEncoder();
  for (let id = 0; id < count; id += 1) {
    await writer.write(encoder.encode(`id: ${id}\n\n`)); // starves
  }
  await writer.close();
  return new Response(events.readable, { headers: { "content-type": "text/event-stream" } });
}

const response = await handle(new Request("http://localhost/events?count=3"));
const text = await response.text();
if (text !== "id: 0\n\nid: 1\n\nid: 2\n\n") throw new Error(text);
