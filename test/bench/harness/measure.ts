// The measuring process: runs subjects of one benchmark in turn and reports each run to the parent process.
import { setImmediate as macrotask } from "node:timers/promises";
import { nameOf } from "./bench.ts";
import type { Bench, OwnFigure, Subject } from "./bench.ts";
import type { Order, Report } from "./protocol.ts";

const QUICK_OPERATIONS = 1_000;

/** Milliseconds. */
const WARM_UP = 2_000;

const [file = "", order = ""] = process.argv.slice(2);
const { rounds, quick, subjects } = JSON.parse(order) as Order;
const { bench } = (await import(file)) as { bench: Bench };

await report({
  kind: "contents",
  job: bench.job,
  operation: bench.operation,
  ...(bench.unit !== undefined && { unit: bench.unit }),
  subjects: bench.subjects.map((subject) => ({
    package: subject.package,
    calls: subject.calls,
    name: nameOf(subject),
    ...(subject.note !== undefined && { note: subject.note }),
  })),
});

const running = new Set(bench.subjects.filter((subject) => subjects.includes(nameOf(subject))));
for (let round = quick ? 1 : 0; round <= rounds; round++) {
  for (const subject of running) {
    const name = nameOf(subject);
    await report({ kind: "started", subject: name, round });
    try {
      if (round === 0) await warmUp(subject);
      else {
        const { figure, remark } = await measure(subject);
        await report({ kind: "measured", subject: name, round, figure, ...(remark !== undefined && { remark }) });
      }
    } catch (error) {
      running.delete(subject);
      await report({ kind: "failed", subject: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
process.disconnect();
process.exit(); // a subject that has failed may have left something open

/** What was run a few times only would be measured while the engine still compiles it, and compiles it anew. */
async function warmUp(subject: Subject): Promise<void> {
  const end = performance.now() + WARM_UP;
  do await measure(subject);
  while (performance.now() < end);
}

async function measure(subject: Subject): Promise<OwnFigure> {
  const all = subject.operations ?? bench.operations;
  const operations = quick ? Math.min(QUICK_OPERATIONS, Math.ceil(all / 10)) : all;
  await macrotask();
  const start = process.hrtime.bigint();
  const returned = await subject.run(operations, quick);
  const elapsed = Number(process.hrtime.bigint() - start);
  const own = typeof returned === "number" ? { result: returned, figure: elapsed / operations } : returned;
  const expected = bench.expected(operations);
  if (own.result !== expected) throw new Error(`wrong result: ${String(own.result)} instead of ${String(expected)}`);
  return own;
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
