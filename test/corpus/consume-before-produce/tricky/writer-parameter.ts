// The function sees one end only; who reads the other is its caller's affair, and the caller does.
async function greet(writer: WritableStreamDefaultWriter<string>): Promise<void> {
  await writer.write("hello");
  await writer.write("world");
  await writer.close();
}

async function relay(pipe: TransformStream<string, string>, words: readonly string[]): Promise<void> {
  const writer = pipe.writable.getWriter();
  for (const word of words) await writer.write(word);
  await writer.close();
}

const first = new TransformStream<string, string>();
const second = new TransformStream<string, string>();
const [, , greeting, answer] = await Promise.all([
  greet(first.writable.getWriter()),
  relay(second, ["good", "day"]),
  Array.fromAsync(first.readable),
  Array.fromAsync(second.readable),
]);
if ([...greeting, ...answer].join(" ") !== "hello world good day") throw new Error(answer.join());
