// The column sums are running functions when the first row is dealt.
const columns = 3;
const writers: WritableStreamDefaultWriter<number>[] = [];
const sums: Promise<number>[] = [];
for (let column = 0; column < columns; column += 1) {
  const pipe = new TransformStream<number, number>();
  writers[column] = pipe.writable.getWriter();
  sums[column] = sum(pipe.readable.getReader());
}

for (let row = 0; row < 4; row += 1) {
  for (let column = 0; column < columns; column += 1) {
    await writers[column]!.write(row * column);
  }
}
for (const writer of writers) void writer.close();

const totals = await Promise.all(sums);
if (totals.join() !== "0,6,12") throw new Error(totals.join());

async function sum(reader: ReadableStreamDefaultReader<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return total;
    total += value;
  }
}
