// A hand-written copy loop: read from one stream, write to the next, and look at the next when the first is done.
// Ends: exit 13
const numbers = ReadableStream.from([1, 2, 3, 4]);
const squares = new TransformStream<number, number>({
  transform: (value, controller) => controller.enqueue(value ** 2),
});

const input = numbers.getReader();
const output = squares.writable.getWriter();
while (true) {
  const { done, value } = await input.read();
  if (done) break;
  await output.write(value); // starves
}
await output.close();

let sum = 0;
for await (const square of squares.readable) sum += square;
if (sum !== 30) throw new Error(`${sum}`);
