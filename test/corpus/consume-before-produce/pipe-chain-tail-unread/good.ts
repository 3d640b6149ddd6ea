// The tail of the chain is handed to its reader before the first row.
const rows = new TransformStream<string[], string>({
  transform: (cells, controller) => controller.enqueue(`${cells.join(",")}\n`),
});
const csv = rows.readable.pipeThrough(new TextEncoderStream());
const text = new Response(csv).text();
const writer = rows.writable.getWriter();
for (let id = 0; id < 10; id += 1) await writer.write([`${id}`, "ok"]);
await writer.close();

const body = await text;
if (body.split("\n").length !== 11) throw new Error(body);
