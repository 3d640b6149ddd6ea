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
  /** What the figure is, such as "ns per item". */
  readonly unit: string;
  /** Null if the subject failed. */
  readonly figure: Spread | null;
  /**
   * The subject's median divided by that of the first subject of ours: above 1, ours is faster. Null without both, and
   * where figures are not times.
   */
  readonly ratioToOurs: number | null;
  /** What else the subject saw, in the last round. */
  readonly remark?: string;
  /** Why the subject failed, if it did. */
  readonly error?: string;
}

export interface BenchResult {
  readonly bench: string;
  readonly job: string;
  readonly unit: string;
  readonly rounds: number;
  /** In the order of the benchmark's file. */
  readonly rows: readonly (Row & { readonly ours: boolean; readonly note?: string })[];
}

export function summarize(
  bench: string,
  { job, operation, unit, subjects }: Contents,
  measured: readonly Measured[],
  failed: ReadonlyMap<string, string>,
  versionOf: (packageName: string) => string,
): BenchResult {
  const spreads = new Map<string, Spread>();
  const remarks = new Map<string, string | undefined>();
  for (const { name } of subjects) {
    const runs = measured.filter(({ subject }) => subject === name);
    if (failed.has(name) || runs.length === 0) continue;
    spreads.set(name, spread(runs.map(({ figure }) => figure)));
    remarks.set(name, runs.at(-1)?.remark);
  }
  const reference = subjects.find((subject) => subject.package === OURS);
  const ours = reference && spreads.get(reference.name);
  return {
    bench,
    job,
    unit: unit ?? `ns per ${operation}`,
    rounds: Math.max(0, ...measured.map(({ round }) => round)),
    rows: subjects.map((subject) => {
      const figure = spreads.get(subject.name) ?? null;
      const remark = remarks.get(subject.name);
      const error = failed.get(subject.name);
      return {
        bench,
        subject: subject.name,
        version: versionOf(subject.package),
        unit: unit ?? `ns per ${operation}`,
        figure,
        ratioToOurs: unit === undefined && figure && ours ? figure.median / ours.median : null,
        ours: subject.package === OURS,
        ...(remark !== undefined && { remark }),
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
  return result.rows.map(({ bench, subject, version, unit, figure, ratioToOurs, remark, error }) => ({
    bench,
    subject,
    version,
    unit,
    figure,
    ratioToOurs,
    ...(remark !== undefined && { remark }),
    ...(error !== undefined && { error }),
  }));
}

export function spread(runs: readonly number[]): Spread {
  const sorted = runs.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}
