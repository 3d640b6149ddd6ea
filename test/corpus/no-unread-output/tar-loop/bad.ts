// The loop looks at the headers alone: the next entry comes only when the body of this one has been read.
// Ends: exit 13
// cf. cdklabs/construct-hub#1211
import { extract, pack } from "tar-stream";

const packing = pack();
for (const year of ["2024", "2025", "2026"]) packing.entry({ name: `${year}.csv` }, "4.2\n".repeat(50_000));
packing.finalize();

const names: string[] = [];
const entries = packing.pipe(extract());
for await (const entry of entries) names.push(entry.header.name); // starves
if (names.length !== 3) throw new Error(names.join());
