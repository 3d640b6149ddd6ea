// The same pipes, with the readers collected first.
const pipes = Array.from({ length: 3 }, () => new TransformStream<string, string>());
const reading = Promise.all(pipes.map((pipe) => Array.fromAsync(pipe.readable)));

for (const pipe of pipes) {
  const writer = pipe.writable.getWriter();
  await writer.write("ping");
  await writer.close();
}

const answers = await reading;
if (answers.flat().join() !== "ping,ping,ping") throw new Error(answers.join());
