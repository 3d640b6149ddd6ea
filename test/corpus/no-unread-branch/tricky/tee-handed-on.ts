// One branch is handed to a function that begins to read it at once, before the other is awaited.
async function measure(branch: ReadableStream<string>): Promise<number> {
  let length = 0;
  for await (const chunk of branch) length += chunk.length;
  return length;
}

const [left, right] = new Blob(["level ", "4.2"]).stream().pipeThrough(new TextDecoderStream()).tee();
const measuring = measure(right);
let text = "";
for await (const chunk of left) text += chunk;
if (text.length !== (await measuring)) throw new Error(text);
