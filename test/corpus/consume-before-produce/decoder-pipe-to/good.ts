// pipeThrough() joins the two without waiting.
const source = ReadableStream.from([Buffer.from("sluice "), Buffer.from("gate")]);

let text = "";
for await (const piece of source.pipeThrough(new TextDecoderStream())) text += piece;
if (text !== "sluice gate") throw new Error(text);
