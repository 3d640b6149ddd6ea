// The reader is started by a callback of the event loop: it stands above the writes and runs while they wait.
const { readable, writable } = new TransformStream<string, string>();
const words: string[] = [];
const read = async (): Promise<void> => {
  for await (const word of readable) words.push(word);
};
const reading = new Promise<void>((resolve, reject) => {
  setImmediate(() => read().then(resolve, reject));
});

const writer = writable.getWriter();
await writer.write("later");
await writer.write("than you think");
await writer.close();
await reading;
if (words.length !== 2) throw new Error(words.join());
