// An iterator in hand has not asked for anything yet: next() is first called behind the writes.
// Ends: exit 13
const ticker = new TransformStream<number, number>();
const prices = ticker.readable[Symbol.asyncIterator]();
const feed = ticker.writable.getWriter();

await feed.write(101); // starves
await feed.write(103);

const first = await prices.next();
const second = await prices.next();
const change = Number(second.value) - Number(first.value);
if (change !== 2) throw new Error(`${change}`);
