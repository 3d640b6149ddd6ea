// finalize() waits until the archive has gone through the PassThrough, which is stored after it.
// cf. archiverjs/node-archiver#571, archiverjs/node-archiver#613
// Ends: exit 13
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";

const archive = new ZipArchive({ store: true });
const body = new PassThrough();
archive.pipe(body);
for (let page = 0; page < 24; page += 1) {
  archive.append(Buffer.alloc(256 * 1024, page), { name: `page-${page}.raw` });
}
await archive.finalize(); // starves

const zip = await buffer(body);
if (zip.subarray(0, 2).toString() !== "PK") throw new Error("not a zip file");
