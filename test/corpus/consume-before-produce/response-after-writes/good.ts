// The writing goes on in a function nobody waits for here; the response leaves at once.
function handle(request: Request): Response {
  const count = Number(new URL(request.url).searchParams.get("count"));
  const events = new TransformStream<Uint8Array, Uint8Array>();
  const writer = events.writable.getWriter();
  const encoder = new TextEncoder();
  const write = async (): Promise<void> => {
    for (let id = 0; id < count; id += 1) {
      await writer.write(encoder.encode(`id: ${id}\n\n`));
    }
    await writer.close();
  };
  write().catch((error: unknown) => writer.abort(error));
  return new Response(events.readable, { headers: { "content-type": "text/event-stream" } });
}

const response = handle(new Request("http://localhost/events?count=3"));
const text = await response.text();
if (text !== "id: 0\n\nid: 1\n\nid: 2\n\n") throw new Error(text);
