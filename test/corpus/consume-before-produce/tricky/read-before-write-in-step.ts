// The read of each step is asked for before the write and awaited after it.
const echo = new TransformStream<string, string>({
  transform: (text, controller) => controller.enqueue(text.split("").reverse().join("")),
});
const writer = echo.writable.getWriter();
const reader = echo.readable.getReader();

const reversed: string[] = [];
for (const text of ["abc", "def"]) {
  const reading = reader.read();
  await writer.write(text);
  const { value } = await reading;
  reversed.push(value ?? "");
}
if (reversed.join() !== "cba,fed") throw new Error(reversed.join());
