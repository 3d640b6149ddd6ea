// The loop moved into a function that is started and awaited after the sum.
const numbers = ReadableStream.from([1, 2, 3, 4]);
const squares = new TransformStream<number, number>({
  transform: (value, controller) => controller.enqueue(value ** 2),
});

async function copy(): Promise<void> {
  const input = numbers.getReader();
  const output = squares.writable.getWriter();
  while (true) {
    const { done, value } = await input.read();
    if (done) break;
    await output.write(value);
  }
  await output.close();
}
const copying = copy();

let sum = 0;
for await (const square of squares.readable) sum += square;
await copying;
if (sum !== 30) throw new Error(`${sum}`);
