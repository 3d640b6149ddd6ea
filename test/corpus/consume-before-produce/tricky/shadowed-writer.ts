// Two writers of one name: the awaited one is the callback's parameter, and belongs to a sink.
const stored: string[] = [];

async function withTable(fill: (writer: WritableStreamDefaultWriter<string>) => Promise<void>): Promise<void> {
  const writer = new WritableStream<string>({ write: (row) => void stored.push(row) }).getWriter();
  await fill(writer);
  await writer.close();
}

const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();
void writer.write("outer");
void writer.close();
await withTable(async (writer) => {
  await writer.write("inner");
  await writer.write("inner again");
});

const outer = await Array.fromAsync(readable);
if (outer.join() !== "outer" || stored.length !== 2) throw new Error(stored.join());
