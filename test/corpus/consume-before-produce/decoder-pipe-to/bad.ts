// pipeTo() settles when the whole source went through, which takes a reader at the far end.
// Ends: exit 13
const source = ReadableStream.from([Buffer.from("sluice "), Buffer.from("gate")]);
const decoder = new TextDecoderStream();
await source.pipeTo(decoder.writable); // starves

let text = "";
for await (const piece of decoder.readable) text += piece;
if (text !== "sluice gate") throw new Error(text);
