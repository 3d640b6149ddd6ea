// Three pipes from Array.from: each is filled completely before the first of them is read.
// Ends: exit 13
const pipes = Array.from({ length: 3 }, () => new TransformStream<string, string>());

for (const pipe of pipes) {
  const writer = pipe.writable.getWriter();
  await writer.write("ping"); // starves
  await writer.close();
}

const answers = await Promise.all(pipes.map((pipe) => Array.fromAsync(pipe.readable)));
if (answers.flat().join() !== "ping,ping,ping") throw new Error(answers.join());
