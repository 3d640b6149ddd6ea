// The first write waits for the transform to be read, and the `for await` that reads it stands below the writes.
// cf. denoland/deno#16856
// Ends: exit 13
const shout = new TransformStream<string, string>({
  transform(word, controller) {
    controller.enqueue(`${word.toUpperCase()}!`);
  },
});
const writer = shout.writable.getWriter();
for (const word of ["mill", "weir", "race"]) {
  await writer.write(word); // starves
}
await writer.close();

const words: string[] = [];
for await (const word of shout.readable) words.push(word);
if (words.join(" ") !== "MILL! WEIR! RACE!") throw new Error(words.join(" "));
