// buffer() reads while the archive is finalized.
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";

const archive = new ZipArchive({ store: true });
const body = new PassThrough();
archive.pipe(body);
for (let page = 0; page < 24; page += 1) {
  archive.append(Buffer.alloc(256 * 1024, page), { name: `page-${page}.raw` });
}
const [zip] = await Promise.all([buffer(body), archive.finalize()]);
if (zip.subarray(0, 2).toString() !== "PK") throw new Error("not a zip file");
