// The lines are collected by a promise that is made before the first write.
import { openLines } from "./helper.ts";

const { writer, lines } = openLines();
const collecting = Array.fromAsync(lines);
for (const word of [" oak", "ash ", " elm "]) {
  await writer.write(word);
}
await writer.close();

const trees = await collecting;
if (trees.join() !== "oak,ash,elm") throw new Error(trees.join());
