import { globSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, "../../..");

/** Packages that are installed anyway, whose sources are in TypeScript and wait for much: about 115,000 lines. */
const installed = "node_modules/.pnpm/{@grpc+grpc-js,mongodb,puppeteer-core}@*/node_modules/**/src";

/**
 * TypeScript sources to lint: of the folder or repository that `LINT_BENCH` names, or of packages that are installed
 * here.
 */
export function sourceFiles(): SourceFile[] {
  const repository = process.env["LINT_BENCH"];
  const found =
    repository === undefined
      ? globSync(`${installed}/**/*.ts`, { cwd: root }).map((file) => join(root, file))
      : globSync("**/*.{ts,mts,cts,tsx}", { cwd: repository, exclude: ["**/node_modules", "**/dist"] }).map((file) =>
          resolve(repository, file),
        );
  return found
    .filter((path) => !/\.d\.[mc]?ts$/.test(path) && statSync(path).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

/** The first of the files that have so many lines together. */
export function take(files: readonly SourceFile[], lines: number): SourceFile[] {
  const taken: SourceFile[] = [];
  for (let count = 0; count < lines && taken.length < files.length;) {
    const file = files[taken.length];
    if (file === undefined) break;
    taken.push(file);
    count += linesOf([file]);
  }
  return taken;
}

export function linesOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
}
