// Parallel arrays and two nested loops: rows are dealt to columns, and column 0 has no reader while row 0 is dealt.
// Ends: exit 13
const columns = 3;
const writers: WritableStreamDefaultWriter<number>[] = [];
const readers: ReadableStreamDefaultReader<number>[] = [];
for (let column = 0; column < columns; column += 1) {
  const pipe = new TransformStream<number, number>();
  writers[column] = pipe.writable.getWriter();
  readers[column] = pipe.readable.getReader();
}

for (let row = 0; row < 4; row += 1) {
  for (let column = 0; column < columns; column += 1) {
    await writers[column]!.write(row * column); // starves
  }
}
for (const writer of writers) void writer.close();

const sums = new Array<number>(columns).fill(0);
for (let column = 0; column < columns; column += 1) {
  for (;;) {
    const { done, value } = await readers[column]!.read();
    if (done) break;
    sums[column]! += value;
  }
}
if (sums.join() !== "0,6,12") throw new Error(sums.join());
