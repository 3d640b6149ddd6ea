// A sink that is piped to takes the messages as they are posted.
const chat = new TransformStream<string, string>();

async function* moderated(messages: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const message of messages) yield message.replaceAll(/damn/g, "****");
}
const shown: string[] = [];
const showing = ReadableStream.from(moderated(chat.readable)).pipeTo(
  new WritableStream({ write: (message: string) => void shown.push(message) }),
);

const post = chat.writable.getWriter();
await post.write("damn good coffee");
await post.close();

await showing;
if (shown.join() !== "**** good coffee") throw new Error(shown.join());
