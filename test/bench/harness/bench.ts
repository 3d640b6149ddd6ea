/** One way to do the benchmark's job: ours, a peer's, or what the platform brings. */
export interface Subject {
  /** The npm package whose version counts; `"node"` for what Node and the language bring. */
  readonly package: string;
  /** What is called, in a few words; with the package in front it is the subject's name. */
  readonly calls: string;
  /** Operations per round, for a subject far slower or faster than the others. Default: the benchmark's. */
  readonly operations?: number;
  /** What a reader must know to compare fairly, such as "no back-pressure". */
  readonly note?: string;
  /**
   * Does the job once and returns what arrived, to be compared with `expected`.
   *
   * Subjects may share code, since each is measured in a process of its own: a call site sees the objects of one only.
   * What they share must not cost any of them a call or a wait for each operation that it would not need alone.
   *
   * @param quick Whether the figure means nothing: what is repeated only to make it exact is done once
   */
  run(operations: number, quick: boolean): Promise<number | OwnFigure>;
}

/** What a subject returns that measures for itself, because not the time of all that it does is what is compared. */
export interface OwnFigure {
  /** What arrived. */
  readonly result: number;
  /** In the unit of the benchmark. */
  readonly figure: number;
  /** What else was seen; the table shows that of the last round. */
  readonly remark?: string;
}

/** What a file `test/bench/<name>.ts` exports as `bench`. */
export interface Bench {
  /** The job in one line. */
  readonly job: string;
  /** What one operation is: "item", "task". */
  readonly operation: string;
  /** Operations per round. */
  readonly operations: number;
  /** What figures are, such as "bytes per item". Default: nanoseconds per operation, as the harness measures them. */
  readonly unit?: string;
  /** What `run` must return, such as the sum of all items: discarding cannot hide. */
  expected(operations: number): number;
  /** The first subject of the package `tailrace` is the one that ratios refer to. */
  readonly subjects: readonly Subject[];
}

/**
 * Subjects that measure for themselves, all in one way.
 *
 * @param measure Runs the program of a subject
 */
export function measuredBy<Program>(
  measure: (program: Program, operations: number, quick: boolean) => Promise<OwnFigure>,
): (from: string, calls: string, program: Program, more?: Pick<Subject, "operations" | "note">) => Subject {
  return (from, calls, program, more) => ({
    package: from,
    calls,
    ...more,
    run: (operations, quick) => measure(program, operations, quick),
  });
}

export const OURS = "tailrace";

/** How a subject is called in tables and in JSON. */
export function nameOf(subject: Pick<Subject, "package" | "calls">): string {
  return `${subject.package} ${subject.calls}`;
}
