// Locking the readable side with getReader() is not reading it: the first read() comes after the writes.
// Ends: exit 13
const counter = new TransformStream<string, number>({
  transform(line, controller) {
    controller.enqueue(line.length);
  },
});
const reader = counter.readable.getReader();
const writer = counter.writable.getWriter();

const lines = ["the", "quick", "brown"];
for (const line of lines) await writer.write(line); // starves

const lengths: number[] = [];
while (lengths.length < lines.length) {
  const { done, value } = await reader.read();
  if (done) break;
  lengths.push(value);
}
if (lengths.join() !== "3,5,5") throw new Error(lengths.join());
