// Both branches are to be cancelled, one after the other: the first cancel waits for the second.
// Ends: exit 13
const source = new ReadableStream({ pull: (controller) => controller.enqueue("level") });

async function giveUp(stream) {
  const [one, other] = stream.tee();
  await one.cancel("not needed"); // starves
  await other.cancel("not needed");
}

await giveUp(source);
