// pipeTo() first; its promise is the last thing awaited.
const stored: string[] = [];
const store = new WritableStream<string>({
  write(line) {
    stored.push(line);
  },
});

const trim = new TransformStream<string, string>({
  transform: (line, controller) => controller.enqueue(line.trim()),
});
const piping = trim.readable.pipeTo(store);
const writer = trim.writable.getWriter();
for (const line of [" a ", "b ", " c"]) await writer.write(line);
void writer.close();
await piping;

if (stored.join() !== "a,b,c") throw new Error(stored.join());
