// Writes and reads of several pairs alternate: each turn starts the reader of the pair it writes.
const lengths: number[] = [];
for (const word of ["upper", "low"]) {
  const { readable, writable } = new TransformStream<string, string>();
  const reading = Array.fromAsync(readable);
  const writer = writable.getWriter();
  for (const letter of word) await writer.write(letter);
  await writer.close();
  lengths.push((await reading).length);
}
if (lengths.join() !== "5,3") throw new Error(lengths.join());
