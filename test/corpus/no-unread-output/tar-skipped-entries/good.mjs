// What is not wanted is let through with resume(), and next() is called at its end.
import { finished } from "node:stream/promises";
import tar from "tar-stream";

const pack = tar.pack();
for (const name of ["notes.txt", "levels.csv", "map.png"]) pack.entry({ name }, Buffer.alloc(200_000, name));
pack.finalize();

const extract = tar.extract();
const sizes = {};
extract.on("entry", (header, stream, next) => {
  stream.on("end", next);
  if (header.name.endsWith(".csv")) collect(header, stream);
  else stream.resume();
});

function collect({ name }, stream) {
  sizes[name] = 0;
  stream.on("data", (chunk) => (sizes[name] += chunk.length));
}

pack.pipe(extract);
await finished(extract);
if (sizes["levels.csv"] !== 200_000) throw new Error(JSON.stringify(sizes));
