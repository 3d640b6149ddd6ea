// Nobody waits for the writes, everybody for the closing: close() is queued behind what has not been read.
// cf. nodejs/node#54453
// Ends: exit 13
const channels = new Array<undefined>(4).fill(undefined).map(() => new TransformStream<string, string>());
const writers = channels.map((channel) => channel.writable.getWriter());
writers.forEach((writer, index) => void writer.write(`part ${index}`));
await Promise.all(writers.map((writer) => writer.close())); // starves

const parts: string[] = [];
for (const { readable } of channels) {
  for await (const part of readable) parts.push(part);
}
if (parts.length !== 4) throw new Error(parts.join());
