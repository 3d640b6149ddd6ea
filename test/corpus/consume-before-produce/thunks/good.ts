// Calling the thunks is what starts them: it moves above the writes.
const bodies = ["red", "green", "blue"].map((name) => ({ name, pipe: new TextEncoderStream() }));
const jobs = bodies.map(({ name, pipe }) => async () => {
  const text = await new Response(pipe.readable).text();
  return `${name}=${text.length}`;
});
const running = jobs.map((job) => job());

for (const { name, pipe } of bodies) {
  const writer = pipe.writable.getWriter();
  await writer.write(name);
  await writer.close();
}

const results = await Promise.all(running);
if (results.join() !== "red=3,green=5,blue=4") throw new Error(results.join());
