// One step of a systolic array: all writes and all reads of a step are awaited together, step after step.
const cells = Array.from({ length: 3 }, () => new TransformStream<number, number>());
const writers = cells.map((cell) => cell.writable.getWriter());
const readers = cells.map((cell) => cell.readable.getReader());

let total = 0;
for (let step = 0; step < 4; step += 1) {
  const results = await Promise.all([
    ...writers.map((writer, index) => writer.write(step * index)),
    ...readers.map((reader) => reader.read()),
  ]);
  for (const result of results) total += result?.value ?? 0;
}
if (total !== 18) throw new Error(`${total}`);
