// pnpm soak [minutes]: pools whose instances are killed all the time, for 30 minutes if not told otherwise.
// Its young generation is kept small: else rss grows in steps for a quarter of an hour, though nothing is kept.
import process from "node:process";
import { growth, soak } from "./soak.ts";

const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) throw new Error(`usage: pnpm soak [minutes], not ${process.argv[2] ?? ""}`);
const { heap, rss, wrong, loads } = await soak(minutes * 60_000);
const grown = { heap: growth(heap), rss: growth(rss) };
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
for (const counts of loads) console.log(JSON.stringify(counts));
if (loads.length < 2) console.log("no redis-server here: only processes were killed");
const kilobytes = (samples: readonly number[]): string => samples.map((bytes) => Math.round(bytes / 1000)).join(", ");
console.log(`heap in kB: ${kilobytes(heap)}`);
console.log(`rss in kB: ${kilobytes(rss)}`);
console.log(`last third against first: heap ${percent(grown.heap)}, rss ${percent(grown.rss)}`);
for (const what of wrong) console.error(what);
// In less than a minute memory says nothing.
if (wrong.length > 0 || (minutes >= 1 && Math.max(grown.heap, grown.rss) > 0.1)) process.exitCode = 1;
