// Both at once.
const source = new ReadableStream({ pull: (controller) => controller.enqueue("level") });

async function giveUp(stream) {
  const [one, other] = stream.tee();
  await Promise.all([one.cancel("not needed"), other.cancel("not needed")]);
}

await giveUp(source);
