// The measuring process: runs subjects of one benchmark in turn and reports each run to the parent process.
import { setImmediate as macrotask } from "node:timers/promises";
import { nameOf } from "./bench.ts";
import type { Bench, Subject } from "./bench.ts";
import type { Order, Report } from "./protocol.ts";

const QUICK_OPERATIONS = 1_000;

const [file = "", order = ""] = process.argv.slice(2);
const { rounds, quick, subjects } = JSON.parse(order) as Order;
const { bench } = (await import(file)) as { bench: Bench };

await report({
  kind: "contents",
  job: bench.job,
  operation: bench.operation,
  subjects: bench.subjects.map((subject) => ({
    package: subject.package,
    calls: subject.calls,
    name: nameOf(subject),
    ...(subject.note !== undefined && { note: subject.note }),
  })),
});

const running = new Set(bench.subjects.filter((subject) => subjects.includes(nameOf(subject))));
for (let round = 0; round <= rounds; round++) {
  for (const subject of running) {
    const name = nameOf(subject);
    await report({ kind: "started", subject: name, round });
    try {
      await report({ kind: "measured", subject: name, round, nsPerOp: await measure(subject) });
    } catch (error) {
      running.delete(subject);
      await report({ kind: "failed", subject: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
process.disconnect();

async function measure(subject: Subject): Promise<number> {
  const all = subject.operations ?? bench.operations;
  const operations = quick ? Math.min(QUICK_OPERATIONS, all) : all;
  await macrotask();
  globalThis.gc?.();
  const start = process.hrtime.bigint();
  const returned = await subject.run(operations);
  const elapsed = Number(process.hrtime.bigint() - start);
  const { result, nanoseconds } = typeof returned === "number" ? { result: returned, nanoseconds: elapsed } : returned;
  const expected = bench.expected(operations);
  if (result !== expected) throw new Error(`wrong result: ${String(result)} instead of ${String(expected)}`);
  return nanoseconds / operations;
}

/** Resolves when the parent has been told, so that it knows even if the next step never lets go of this thread. */
function report(message: Report): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
