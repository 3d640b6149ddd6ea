// ReadableStream.from() keeps nothing in advance: the generator under it waits for the first read of the wrapper.
// Ends: exit 13
const chat = new TransformStream<string, string>();

async function* moderated(messages: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const message of messages) yield message.replaceAll(/damn/g, "****");
}
const visible = ReadableStream.from(moderated(chat.readable));

const post = chat.writable.getWriter();
await post.write("damn good coffee"); // starves
await post.close();

const shown: string[] = [];
for await (const message of visible) shown.push(message);
if (shown.join() !== "**** good coffee") throw new Error(shown.join());
