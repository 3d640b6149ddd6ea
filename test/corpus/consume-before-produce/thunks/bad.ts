// A list of jobs as thunks: none of them has been called when their bodies are written.
// Ends: exit 13
const bodies = ["red", "green", "blue"].map((name) => ({ name, pipe: new TextEncoderStream() }));
const jobs = bodies.map(({ name, pipe }) => async () => {
  const text = await new Response(pipe.readable).text();
  return `${name}=${text.length}`;
});

for (const { name, pipe } of bodies) {
  const writer = pipe.writable.getWriter();
  await writer.write(name); // starves
  await writer.close();
}

const results = await Promise.all(jobs.map((job) => job()));
if (results.join() !== "red=3,green=5,blue=4") throw new Error(results.join());
