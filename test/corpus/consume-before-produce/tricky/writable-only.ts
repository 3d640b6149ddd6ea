// A WritableStream has no other side: its own write() is the consumer.
const rows: string[] = [];
const table = new WritableStream<string>({
  async write(row) {
    await new Promise(setImmediate);
    rows.push(row);
  },
});
const writer = table.getWriter();
for (const row of ["a", "b", "c"]) await writer.write(row);
await writer.close();

const reader = ReadableStream.from(rows);
let joined = "";
for await (const row of reader) joined += row;
if (joined !== "abc") throw new Error(joined);
