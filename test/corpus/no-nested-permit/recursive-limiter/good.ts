// Only the folder's own work is limited, and its permit is back before its subfolders ask for theirs.
import pLimit from "p-limit";

interface Folder {
  readonly size: number;
  readonly folders: readonly Folder[];
}

const limit = pLimit(3);

async function measure(folder: Folder): Promise<number> {
  const own = await limit(async () => folder.size);
  const parts = await Promise.all(folder.folders.map(measure));
  return parts.reduce((sum, part) => sum + part, own);
}

const leaf = { size: 1, folders: [] };
const level = { size: 1, folders: [leaf, leaf] };
const total = await measure({ size: 1, folders: [level, level, level] });
if (total !== 10) throw new Error(String(total));
