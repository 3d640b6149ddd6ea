// A helper in another file makes the pipe; each write waits for a reader, and reading begins when all is written.
// Ends: exit 13
// Needs types: the pair is made in another file.
import { openLines } from "./helper.ts";

const { writer, lines } = openLines();
for (const word of [" oak", "ash ", " elm "]) {
  await writer.write(word); // starves
}
await writer.close();

const trees: string[] = [];
for await (const line of lines) trees.push(line);
if (trees.join() !== "oak,ash,elm") throw new Error(trees.join());
