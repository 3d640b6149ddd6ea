// When the heartbeat wins, the chunk of the `read` that lost is dropped, and the text has a hole.
// Ends: exit 1
// Fails: the text has a hole
const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();
setTimeout(() => void writer.write("one "), 40);
setTimeout(() => void writer.write("two").then(() => writer.close()), 100);

const pause = (ms: number) => new Promise<"beat">((resolve) => setTimeout(() => resolve("beat"), ms));
const reader = readable.getReader();
let text = "";
let beats = 0;
while (beats < 12) {
  const next = await Promise.race([reader.read(), new Promise<void>((resolve) => setTimeout(resolve, 15))]); // starves
  if (next === undefined) {
    beats += 1;
    continue;
  }
  if (next.done) break;
  text += next.value;
}
await pause(1);
if (text !== "one two") throw new Error("the text has a hole");
