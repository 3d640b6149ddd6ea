// The words are collected by a reader that runs from the line on which it is created.
const shout = new TransformStream<string, string>({
  transform(word, controller) {
    controller.enqueue(`${word.toUpperCase()}!`);
  },
});
const collected = Array.fromAsync(shout.readable);
const writer = shout.writable.getWriter();
for (const word of ["mill", "weir", "race"]) {
  await writer.write(word);
}
await writer.close();

const words = await collected;
if (words.join(" ") !== "MILL! WEIR! RACE!") throw new Error(words.join(" "));
