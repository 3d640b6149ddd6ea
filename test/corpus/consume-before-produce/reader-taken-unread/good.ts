// Each write is paired with the read that makes room for it.
const counter = new TransformStream<string, number>({
  transform(line, controller) {
    controller.enqueue(line.length);
  },
});
const reader = counter.readable.getReader();
const writer = counter.writable.getWriter();

const lengths: number[] = [];
for (const line of ["the", "quick", "brown"]) {
  const [result] = await Promise.all([reader.read(), writer.write(line)]);
  if (result.done) break;
  lengths.push(result.value);
}
if (lengths.join() !== "3,5,5") throw new Error(lengths.join());
