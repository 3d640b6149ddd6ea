// Entries that nobody wants are passed over by next() without being read: the extraction stops at the first of them.
// Ends: exit 13
// cf. mafintosh/tar-stream#50, mafintosh/tar-stream#58
import { finished } from "node:stream/promises";
import tar from "tar-stream";

const pack = tar.pack();
for (const name of ["notes.txt", "levels.csv", "map.png"]) pack.entry({ name }, Buffer.alloc(200_000, name));
pack.finalize();

const extract = tar.extract();
const sizes = {};
extract.on("entry", (header, stream, next) => header.name.endsWith(".csv") ? collect(header, stream, next) : next()); // starves

function collect({ name }, stream, next) {
  sizes[name] = 0;
  stream.on("data", (chunk) => (sizes[name] += chunk.length)).on("end", next);
}

pack.pipe(extract);
await finished(extract); // waits
if (sizes["levels.csv"] !== 200_000) throw new Error(JSON.stringify(sizes));
