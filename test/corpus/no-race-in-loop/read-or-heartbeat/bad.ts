// When the heartbeat wins, the chunk of the `read` that lost is dropped, and the text has a hole.
// Ends: exit 1
// Fails: the text has a hole
const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();

const pause = (ms: number) => new Promise<"beat">((resolve) => setTimeout(() => resolve("beat"), ms));
const reader = readable.getReader();
let text = "";
let beats = 0;
function onBeat(): void {
  beats += 1;
  if (beats === 2) void writer.write("one ");
  if (beats === 5) void writer.write("two").then(() => writer.close());
}
while (beats < 12) {
  const next = await Promise.race([reader.read(), new Promise<void>((resolve) => setTimeout(resolve, 15))]); // starves
  if (next === undefined) {
    onBeat();
    continue;
  }
  if (next.done) break;
  text += next.value;
}
await pause(1);
if (text !== "one two") throw new Error("the text has a hole");
