// Nothing is awaited before the reader: the writes queue up in the stream and settle when they are read.
const { readable, writable } = new TransformStream<number, number>();
const writer = writable.getWriter();
const writes = [1, 2, 3].map((value) => writer.write(value));
const closed = writer.close();

const values = await Array.fromAsync(readable);
await Promise.all(writes);
await closed;
if (values.join() !== "1,2,3") throw new Error(values.join());
