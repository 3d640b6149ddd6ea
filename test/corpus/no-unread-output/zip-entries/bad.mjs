// Only one file of the archive is wanted; at the first other one the parser stops, and finish never comes.
// Ends: exit 13
// cf. ZJONSSON/node-unzipper#10, ZJONSSON/node-unzipper#346, EvanOxfeld/node-unzip#20, emmercm/igir#333
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import unzipper from "unzipper";

const archive = new ZipArchive({ zlib: { level: 0 } });
for (const name of ["a.txt", "b.txt", "levels.csv"]) archive.append(Buffer.alloc(200_000, name), { name });

const found = [];
const parser = archive.pipe(unzipper.Parse());
parser.on("entry", (entry) => { if (entry.path === "levels.csv") found.push(buffer(entry)); }); // starves
archive.finalize();
await once(parser, "finish"); // waits
if ((await found[0]).length !== 200_000) throw new Error("incomplete");
