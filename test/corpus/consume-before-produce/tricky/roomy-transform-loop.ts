// Room for eight numbers, a loop of four.
const squares = new TransformStream<number, number>(
  { transform: (value, controller) => controller.enqueue(value * value) },
  new CountQueuingStrategy({ highWaterMark: 1 }),
  new CountQueuingStrategy({ highWaterMark: 8 }),
);
const writer = squares.writable.getWriter();
for (let value = 0; value < 4; value += 1) await writer.write(value);
await writer.close();

let sum = 0;
for await (const square of squares.readable) sum += square;
if (sum !== 14) throw new Error(`${sum}`);
