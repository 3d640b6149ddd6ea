// The writes are not awaited, but close() is: it waits behind them, and they wait for a reader.
// cf. nodejs/node#54453
// Ends: exit 13
const stream = new TransformStream<number, number>();
const writer = stream.writable.getWriter();
void writer.write(1);
void writer.write(2);
await writer.close(); // starves

const reader = stream.readable.getReader();
let sum = 0;
for (let next = await reader.read(); !next.done; next = await reader.read()) sum += next.value;
if (sum !== 3) throw new Error(`${sum}`);
