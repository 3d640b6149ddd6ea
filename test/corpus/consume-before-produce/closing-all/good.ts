// Wait for the closing after reading, where errors of the writers still surface.
const channels = new Array<undefined>(4).fill(undefined).map(() => new TransformStream<string, string>());
const writers = channels.map((channel) => channel.writable.getWriter());
writers.forEach((writer, index) => void writer.write(`part ${index}`));
const closing = Promise.all(writers.map((writer) => writer.close()));

const parts: string[] = [];
for (const { readable } of channels) {
  for await (const part of readable) parts.push(part);
}
await closing;
if (parts.length !== 4) throw new Error(parts.join());
