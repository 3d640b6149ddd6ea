// close() may wait as long as it likes once nobody waits for it before reading.
const stream = new TransformStream<number, number>();
const writer = stream.writable.getWriter();
void writer.write(1);
void writer.write(2);
const closed = writer.close();

const reader = stream.readable.getReader();
let sum = 0;
for (let next = await reader.read(); !next.done; next = await reader.read()) sum += next.value;
await closed;
if (sum !== 3) throw new Error(`${sum}`);
