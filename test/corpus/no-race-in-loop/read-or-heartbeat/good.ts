// One read is pending at a time, however many heartbeats are sent meanwhile.
const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();

const reader = readable.getReader();
let text = "";
let beats = 0;
const heart = setInterval(() => {
  beats += 1;
  if (beats === 2) void writer.write("one ");
  if (beats === 5) void writer.write("two").then(() => writer.close());
}, 15);
for (;;) {
  const { done, value } = await reader.read();
  if (done) break;
  text += value;
}
clearInterval(heart);
if (text !== "one two" || beats === 0) throw new Error(`${text}, ${beats} beats`);
