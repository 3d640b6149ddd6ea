import { drive } from "tailrace";

async function* lines(text: ReadableStream<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

const { readable, writable } = new TransformStream<string, string>();
const read = drive(lines(readable)); // reads from this line on, into memory

const writer = writable.getWriter();
for (const piece of ["one\ntw", "o\nthr", "ee"]) await writer.write(piece);
await writer.close();

for await (const line of read) console.log(line);
// prints one
// prints two
// prints three
