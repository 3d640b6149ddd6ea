// finalize() is called, its promise kept for after the loop.
import { TarArchive } from "archiver";

async function bundle(files: Record<string, Buffer>): Promise<number> {
  const tar = new TarArchive({ gzip: false });
  for (const [name, content] of Object.entries(files)) tar.append(content, { name });
  const finalized = tar.finalize();
  let size = 0;
  for await (const chunk of tar) size += (chunk as Buffer).length;
  await finalized;
  return size;
}

const files = Object.fromEntries(["a", "b", "c"].map((name) => [`${name}.bin`, Buffer.alloc(512 * 1024)]));
const size = await bundle(files);
if (size < 3 * 512 * 1024) throw new Error(`${size}`);
