// Looks like a list of generators; they are async functions, and each has run up to its first await.
const received: string[] = [];

async function receive(name: string, input: ReadableStream<string>): Promise<void> {
  for await (const text of input) received.push(`${name} ${text}`);
}

const writers: WritableStreamDefaultWriter<string>[] = [];
const receivers: Promise<void>[] = [];
for (const name of ["a", "b", "c"]) {
  const pipe = new TransformStream<string, string>();
  receivers.push(receive(name, pipe.readable));
  writers.push(pipe.writable.getWriter());
}

for (const text of ["one", "two"]) {
  for (const writer of writers) await writer.write(text);
}
await Promise.all(writers.map((writer) => writer.close()));
for (const receiver of receivers) await receiver;
if (received.length !== 6) throw new Error(received.join());
