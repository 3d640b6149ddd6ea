// Open reads where it likes: files that nobody asks for are not even looked at.
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import unzipper from "unzipper";

const archive = new ZipArchive({ zlib: { level: 0 } });
for (const name of ["a.txt", "levels.csv"]) archive.append(Buffer.alloc(100_000, name), { name });
const [zip] = await Promise.all([buffer(archive), archive.finalize()]);
const { files } = await unzipper.Open.buffer(zip);
const sizes = [];
for (const file of files) {
  if (file.path === "levels.csv") sizes.push((await file.buffer()).length);
}
if (sizes.join() !== "100000") throw new Error(sizes.join());
