/** The coordinator: a process that runs one form once, tells how far it got, and ends with its parent. */
import { report } from "tailrace";
import type { Attempt, Told } from "./attempt.ts";
import { httpHost } from "./http-host.ts";
import { meter } from "./meter.ts";
import type { Replicate } from "./replicate.ts";
import { files, shards } from "./shards.ts";

const { form, input, hosts, chunkSize, capacity, limit } = JSON.parse(process.argv[2] ?? "{}") as Attempt;
const tell = (told: Told) => process.send?.(told, () => undefined); // a parent that has gone is not an error
const resident = () => process.memoryUsage.rss();

process.once("disconnect", () => process.exit());

let peak = 0;
const gauge = meter(() => {
  peak = Math.max(peak, resident());
});
let told = 0;
tell({ kind: "progress", read: told });
setInterval(() => {
  if (gauge.read === told) return;
  told = gauge.read;
  tell({ kind: "progress", read: told });
}, 50);
process.on("message", () => tell({ kind: "waits", read: gauge.read, text: report() }));
try {
  const { replicate } = (await import(form)) as { replicate: Replicate };
  const source = shards(await files(input), { hosts: hosts.length, chunkSize, limit });
  const before = resident();
  const started = performance.now();
  const receipts = await replicate(
    gauge.source(source),
    gauge.hosts(hosts.map(({ name, url }) => httpHost(name, url))),
    { capacity },
  );
  const seconds = (performance.now() - started) / 1000;
  const memory = { before, peak: Math.max(peak, resident()) };
  tell({ kind: "replicated", receipts, read: gauge.read, seconds, buffered: gauge.peak, memory });
} catch (error) {
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}
process.disconnect();
