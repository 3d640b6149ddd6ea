// npm run docs:plot [trials]: draws the plot of docs/guide/writer.md, from what it measures. Only on Linux, and best on a
// machine that does nothing else.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deficitRoundRobin, ewma, roundRobin, strictPriority } from "tailrace";
import { quantile } from "../scenarios/throttled-connection/figures.ts";
import { trial } from "../scenarios/throttled-connection/trial.ts";
import { inKernel, plain } from "../scenarios/throttled-connection/ways.ts";
import type { Way } from "../scenarios/throttled-connection/ways.ts";
import { plot } from "./plot.ts";

const PICTURE = join(import.meta.dirname, "../../docs/guide/writer-latency.svg");

/** Bytes in a second that are read; and what others want to send, as parts of that. */
const RATE = 4_000_000;
const OFFERED = [0.25, 0.5, 0.75, 0.9, 1, 1.25, 1.5];

/** Of so many trials that in the middle counts. */
const TRIALS = Number(process.argv[2] ?? 3);

const ways: readonly (readonly [string, Way])[] = [
  ["socket.write", plain],
  ...[ewma(), roundRobin(), deficitRoundRobin(), strictPriority()].map(
    (policy) => [policy.name, inKernel(policy)] as const,
  ),
];

/** Milliseconds in which 99 of 100 messages are there. */
async function delay(way: Way, offered: number): Promise<number> {
  const figures: number[] = [];
  for (let nth = 0; nth < TRIALS; nth++) {
    const load = { rate: RATE, duration: 4000, warmUp: 2000, bulk: 1, offered: offered * RATE, chats: 50 };
    figures.push(quantile((await trial(way, load)).delays, 0.99));
  }
  return quantile(
    figures.sort((one, other) => one - other),
    0.5,
  );
}

const lines: { name: string; points: [number, number][] }[] = [];
for (const [name, way] of ways) {
  const points: [number, number][] = [];
  for (const offered of OFFERED) points.push([offered, await delay(way, offered)]);
  console.log(name, points.map(([, value]) => value.toFixed(1)).join(" "));
  lines.push({ name, points });
}
const svg = plot({
  title: "Messages of 50 lanes beside one that sends much",
  across: "what that lane wants to send, of what is read (4 MB/s)",
  up: "ms until 99 of 100 messages are there",
  ticks: OFFERED.map((offered) => [offered, `${(offered * 100).toFixed(0)} %`]),
  lines,
});
writeFileSync(PICTURE, svg);
