// A folder holds its permit until its subfolders have been counted, which wait for permits of the same limiter.
// Ends: exit 13
import pLimit from "p-limit";

interface Folder {
  readonly size: number;
  readonly folders: readonly Folder[];
}

const limit = pLimit(3);

function measure(folder: Folder): Promise<number> {
  return limit(async () => {
    const parts = await Promise.all(folder.folders.map(measure)); // starves
    return parts.reduce((sum, part) => sum + part, folder.size);
  });
}

const leaf = { size: 1, folders: [] };
const level = { size: 1, folders: [leaf, leaf] };
const total = await measure({ size: 1, folders: [level, level, level] }); // waits
if (total !== 10) throw new Error(String(total));
