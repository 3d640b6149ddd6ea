// The generator is lazy, but next() was called: it is running up to its first yield, and that takes both chunks.
async function* pairs(values: AsyncIterable<number>): AsyncGenerator<[number, number]> {
  let left: number | undefined;
  for await (const value of values) {
    if (left === undefined) left = value;
    else {
      yield [left, value];
      left = undefined;
    }
  }
}

const pipe = new TransformStream<number, number>();
const generator = pairs(pipe.readable);
const first = generator.next();
const writer = pipe.writable.getWriter();
await writer.write(3);
await writer.write(4);

const { value } = (await first) as { value: [number, number] };
if (value.join() !== "3,4") throw new Error(value.join());
