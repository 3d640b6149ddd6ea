// One read is pending at a time, however many heartbeats are sent meanwhile.
const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();
setTimeout(() => void writer.write("one "), 40);
setTimeout(() => void writer.write("two").then(() => writer.close()), 100);

const reader = readable.getReader();
let text = "";
let beats = 0;
const heart = setInterval(() => {
  beats += 1;
}, 15);
for (;;) {
  const { done, value } = await reader.read();
  if (done) break;
  text += value;
}
clearInterval(heart);
if (text !== "one two" || beats === 0) throw new Error(`${text}, ${beats} beats`);
