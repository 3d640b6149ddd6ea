import parser from "@typescript-eslint/parser";
import { SourceCode } from "eslint";
import ts from "typescript";
import type { SourceFile } from "./sources.ts";

const options: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2024,
  types: ["node"],
};

const host = ts.createCompilerHost(options, true);
const parsed = new Map<string, ts.SourceFile | undefined>();
let last: ts.Program | undefined;

/** Files as rules see them: read anew, in a program whose types nobody has asked for yet. */
export function* read(files: readonly SourceFile[]): Generator<{ readonly path: string; readonly code: SourceCode }> {
  const program = programOf(files);
  program.getTypeChecker(); // binds all files
  for (const { path, text } of files) {
    const jsx = path.endsWith("x");
    const result = parser.parseForESLint(text, {
      ...{ filePath: path, programs: [program], ecmaFeatures: { jsx } },
      ...{ comment: true, loc: true, range: true, tokens: true, sourceType: "module" },
    });
    yield {
      path,
      code: new SourceCode({
        text,
        ast: result.ast as SourceCode["ast"],
        parserServices: { ...result.services },
        scopeManager: result.scopeManager as unknown as SourceCode["scopeManager"],
        visitorKeys: result.visitorKeys as Record<string, string[]>,
      }),
    };
  }
}

/** A new program, whose checker is new too; what was read from disk is shared with those before it. */
function programOf(files: readonly SourceFile[]): ts.Program {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const program = ts.createProgram(
    [...texts.keys()],
    options,
    {
      ...host,
      fileExists: (name) => texts.has(name) || host.fileExists(name),
      readFile: (name) => texts.get(name) ?? host.readFile(name),
      getSourceFile(name, version) {
        if (!parsed.has(name)) {
          const text = texts.get(name);
          const file =
            text === undefined ? host.getSourceFile(name, version) : ts.createSourceFile(name, text, version, true);
          parsed.set(name, file);
        }
        return parsed.get(name);
      },
    },
    last,
  );
  last = program;
  return program;
}
