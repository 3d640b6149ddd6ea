// Each body is let through before the next entry is asked for.
import { extract, pack } from "tar-stream";

const packing = pack();
for (const year of ["2024", "2025", "2026"]) packing.entry({ name: `${year}.csv` }, "4.2\n".repeat(50_000));
packing.finalize();

const names: string[] = [];
const entries = packing.pipe(extract());
for await (const entry of entries) {
  names.push(entry.header.name);
  entry.resume();
}
if (names.length !== 3) throw new Error(names.join());
