// The first stream has a reader, the pipe into the second; the second has none, so the pipe stops, and then the writes.
// Ends: exit 13
const rows = new TransformStream<string[], string>({
  transform: (cells, controller) => controller.enqueue(`${cells.join(",")}\n`),
});
const csv = rows.readable.pipeThrough(new TextEncoderStream());
const writer = rows.writable.getWriter();
for (let id = 0; id < 10; id += 1) await writer.write([`${id}`, "ok"]); // starves
await writer.close();

const body = await new Response(csv).text();
if (body.split("\n").length !== 11) throw new Error(body);
