// next() is called before each write and awaited after it.
const ticker = new TransformStream<number, number>();
const prices = ticker.readable[Symbol.asyncIterator]();
const feed = ticker.writable.getWriter();

const first = prices.next();
await feed.write(101);
const second = prices.next();
await feed.write(103);

const change = Number((await second).value) - Number((await first).value);
if (change !== 2) throw new Error(`${change}`);
