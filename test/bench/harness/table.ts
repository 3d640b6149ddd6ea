import type { BenchResult } from "./result.ts";

/**
 * A result as text, fastest first. Where figures are times, each subject of ours has a letter and a column: how many
 * times its median the subject of the row takes.
 */
export function table({ bench, job, unit, rounds, rows }: BenchResult): string {
  const timed = rows.some(({ ratioToOurs }) => ratioToOurs !== null);
  const ours = rows
    .filter((row) => timed && row.ours)
    .map((row, index) => ({ ...row, letter: "ABCDEFGH"[index] ?? "?" }));
  const ordered = rows.toSorted((a, b) => (a.figure?.median ?? Infinity) - (b.figure?.median ?? Infinity));
  const figures = ["median", "min", "max", ...ours.map(({ letter }) => `÷ ${letter}`)];
  const header = ["", "subject", "version", ...figures, ""];
  const cells = ordered.map(({ subject, version, figure, remark, error, note }) => [
    ours.find((row) => row.subject === subject)?.letter ?? "",
    subject,
    version,
    ...(figure ? [figure.median, figure.min, figure.max].map(decimal) : ["failed", "", ""]),
    ...ours.map((row) => ratio(figure?.median, row.figure?.median)),
    error ?? [remark, note].filter((part) => part !== undefined).join("; "),
  ]);
  const many = `${String(rounds)} ${rounds === 1 ? "round" : "rounds"}`;
  const title = `${bench}: ${job}; ${unit}, ${many}, Node ${process.versions.node}`;
  return `${title}\n${align([header, ...cells])}`;
}

function ratio(median: number | undefined, ours: number | undefined): string {
  return median === undefined || ours === undefined ? "" : (median / ours).toFixed(2);
}

function decimal(value: number): string {
  return value < 100 ? value.toFixed(value < 10 ? 2 : 1) : Math.round(value).toLocaleString("en-US");
}

/** Columns as wide as their widest cell: names to the left, figures to the right. */
function align(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const last = widths.length - 1;
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column < 3 || column === last ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
