import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "./sources.ts";

const corpus = join(import.meta.dirname, "../../corpus");

/** Code that every rule looks at: the programs of the corpus, each a function, over and over. */
export function generate(lines: number): SourceFile {
  const imports = new Map<string, string>();
  const bodies = globSync("*/*/{bad,good}.ts", { cwd: corpus })
    .sort()
    .map((file) => split(readFileSync(join(corpus, file), "utf8")))
    .filter((program) => agrees(program, imports));
  const head = [...new Set(imports.values())];
  const rest: string[] = [];
  const room = lines - head.length;
  for (let count = 0; ; count++) {
    const body = bodies[count % bodies.length];
    if (body === undefined || rest.length + body.lines.length + 2 > room) break;
    rest.push(`async function program${count.toString()}(): Promise<void> {`, ...body.lines, "}");
  }
  const filler = Array.from({ length: room - rest.length }, () => "// as long as it was to be");
  return {
    path: join(corpus, `generated-${lines.toString()}.ts`),
    text: `${[...head, ...rest, ...filler].join("\n")}\n`,
  };
}

interface Program {
  readonly imports: readonly string[];
  readonly lines: readonly string[];
  readonly exports: boolean;
}

function split(text: string): Program {
  const lines = text.trim().split("\n");
  return {
    imports: lines.filter((line) => /^import .* from ".*";$/.test(line)),
    lines: lines.filter((line) => !line.startsWith("import ")),
    exports: /^export |^import .*[^;]$/m.test(text),
  };
}

/** Whether a program can stand beside those before it: no name is imported from two places. Notes its imports if so. */
function agrees(program: Program, imports: Map<string, string>): boolean {
  if (program.exports) return false;
  const own = program.imports.flatMap((line) => {
    const names = line.slice("import ".length, line.indexOf(" from ")).match(/[\w$]+/g) ?? [];
    return names.map((name) => [name, line] as const);
  });
  if (own.some(([name, line]) => imports.has(name) && imports.get(name) !== line)) return false;
  for (const [name, line] of own) imports.set(name, line);
  return true;
}
