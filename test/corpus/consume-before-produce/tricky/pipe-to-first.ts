// pipeTo() without await starts the flow; the writes follow, and its promise closes the function.
const seen: string[] = [];
const lower = new TransformStream<string, string>({
  transform: (text, controller) => controller.enqueue(text.toLowerCase()),
});
const piping = lower.readable.pipeTo(new WritableStream({ write: (text) => void seen.push(text) }));

const writer = lower.writable.getWriter();
await writer.write("UP");
await writer.write("DOWN");
await writer.close();
await piping;
if (seen.join() !== "up,down") throw new Error(seen.join());
