import { OURS } from "./bench.ts";
import type { Contents, Measured } from "./protocol.ts";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One row of the JSON file. */
export interface Row {
  readonly bench: string;
  readonly subject: string;
  readonly version: string;
  /** Nanoseconds per operation; null if the subject failed. */
  readonly nsPerOp: Spread | null;
  /** The subject's median divided by that of the first subject of ours: above 1, ours is faster. Null without both. */
  readonly ratioToOurs: number | null;
  /** Why the subject failed, if it did. */
  readonly error?: string;
}

export interface BenchResult {
  readonly bench: string;
  readonly job: string;
  readonly operation: string;
  readonly rounds: number;
  /** In the order of the benchmark's file. */
  readonly rows: readonly (Row & { readonly ours: boolean; readonly note?: string })[];
}

export function summarize(
  bench: string,
  { job, operation, subjects }: Contents,
  measured: readonly Measured[],
  failed: ReadonlyMap<string, string>,
  versionOf: (packageName: string) => string,
): BenchResult {
  const spreads = new Map<string, Spread>();
  for (const { name } of subjects) {
    const runs = measured.filter(({ subject }) => subject === name).map(({ nsPerOp }) => nsPerOp);
    if (!failed.has(name) && runs.length > 0) spreads.set(name, spread(runs));
  }
  const reference = subjects.find((subject) => subject.package === OURS);
  const ours = reference && spreads.get(reference.name);
  return {
    bench,
    job,
    operation,
    rounds: Math.max(0, ...measured.map(({ round }) => round)),
    rows: subjects.map((subject) => {
      const nsPerOp = spreads.get(subject.name) ?? null;
      const error = failed.get(subject.name);
      return {
        bench,
        subject: subject.name,
        version: versionOf(subject.package),
        nsPerOp,
        ratioToOurs: nsPerOp && ours ? nsPerOp.median / ours.median : null,
        ours: subject.package === OURS,
        ...(error !== undefined && { error }),
        ...(subject.note !== undefined && { note: subject.note }),
      };
    }),
  };
}

export function oursFailed({ rows }: BenchResult): boolean {
  return rows.some(({ ours, error }) => ours && error !== undefined);
}

/** The rows as they go into the JSON file. */
export function toRows(result: BenchResult): Row[] {
  return result.rows.map(({ bench, subject, version, nsPerOp, ratioToOurs, error }) => ({
    bench,
    subject,
    version,
    nsPerOp,
    ratioToOurs,
    ...(error !== undefined && { error }),
  }));
}

function spread(runs: readonly number[]): Spread {
  const sorted = runs.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}
