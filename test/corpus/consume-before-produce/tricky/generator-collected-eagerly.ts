// Lazy generators, each passed at once to a function that iterates it.
async function* upper(words: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const word of words) yield word.toUpperCase();
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const pipes = [1, 2].map(() => new TransformStream<string, string>());
const results = pipes.map((pipe) => collect(upper(pipe.readable)));
for (const { writable } of pipes) {
  const writer = writable.getWriter();
  await writer.write("low");
  await writer.close();
}
if ((await Promise.all(results)).join() !== "LOW,LOW") throw new Error("wrong words");
