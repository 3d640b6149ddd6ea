// autodrain() lets through what is not wanted.
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import unzipper from "unzipper";

const archive = new ZipArchive({ zlib: { level: 0 } });
for (const name of ["a.txt", "b.txt", "levels.csv"]) archive.append(Buffer.alloc(200_000, name), { name });

const found = [];
const parser = archive.pipe(unzipper.Parse());
parser.on("entry", (entry) => {
  if (entry.path === "levels.csv") found.push(buffer(entry));
  else entry.autodrain();
});
archive.finalize();
await once(parser, "finish");
if ((await found[0]).length !== 200_000) throw new Error("incomplete");
