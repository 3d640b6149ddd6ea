// Here the consumer is itself a pipeTo() into a sink: it is called after the writes it should make room for.
// Ends: exit 13
const stored: string[] = [];
const store = new WritableStream<string>({
  write(line) {
    stored.push(line);
  },
});

const trim = new TransformStream<string, string>({
  transform: (line, controller) => controller.enqueue(line.trim()),
});
const writer = trim.writable.getWriter();
for (const line of [" a ", "b ", " c"]) await writer.write(line); // starves
void writer.close();
await trim.readable.pipeTo(store);

if (stored.join() !== "a,b,c") throw new Error(stored.join());
