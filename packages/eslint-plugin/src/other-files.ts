import { dirname, relative } from "node:path";
import { otherFileOf } from "@tailrace/analysis";
import type { ParsedFile, TypeServices } from "@tailrace/analysis";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { lineOf } from "./quote.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The types of a linted file with a way into the other files of its program. */
export function withOtherFiles(context: Context, types: TypeServices | undefined): TypeServices | undefined {
  const { parserServices } = context.sourceCode;
  if (!types || !parserServices?.tsNodeToESTreeNodeMap) return types;
  return {
    ...types,
    tsNodeToESTreeNodeMap: parserServices.tsNodeToESTreeNodeMap,
    parse: parserOf(context),
  };
}

/** Parses other files of a linted file's program with the parser of the linted file. */
function parserOf({ languageOptions, sourceCode }: Context): TypeServices["parse"] {
  const { parser, parserOptions } = languageOptions;
  const program = sourceCode.parserServices?.program;
  if (!program || !parser || !("parseForESLint" in parser)) return undefined;
  return (file) => {
    try {
      const result = parser.parseForESLint(file.text, {
        ...parserOptions,
        // What is parsed is the file that the program has: nothing is read again.
        project: undefined,
        projectService: undefined,
        programs: [program],
        filePath: file.fileName,
        sourceType: isScript(file) ? "script" : "module",
      });
      return parsedFile(result as TSESLint.Parser.ParseResult);
    } catch {
      // What cannot be parsed is reported where it is linted.
      return undefined;
    }
  };
}

function isScript(file: ts.SourceFile): boolean {
  return /\.c[jt]s$/u.test(file.fileName) || !("externalModuleIndicator" in file && file.externalModuleIndicator);
}

function parsedFile({ ast, scopeManager, services, visitorKeys }: TSESLint.Parser.ParseResult): ParsedFile | undefined {
  if (!scopeManager || !services?.program || !visitorKeys) return undefined;
  setParents(ast, visitorKeys);
  return {
    ast,
    scopes: scopeManager,
    esTreeNodeToTSNodeMap: services.esTreeNodeToTSNodeMap,
    tsNodeToESTreeNodeMap: services.tsNodeToESTreeNodeMap,
  };
}

/** What ESLint does with the files that it lints. */
function setParents(ast: TSESTree.Program, visitorKeys: TSESLint.Parser.VisitorKeys): void {
  const pending: TSESTree.Node[] = [ast];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const key of visitorKeys[node.type] ?? []) {
      const value = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[
        key
      ];
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!child) continue;
        child.parent = node;
        pending.push(child);
      }
    }
  }
}

/** `on line 3`, or `on line 3 of lib/helper.ts` where that is not the linted file. */
export function placeOf(node: TSESTree.Node, { filename }: Context): string {
  const other = otherFileOf(node);
  const line = `on line ${lineOf(node)}`;
  return other ? `${line} of ${relative(dirname(filename), other.fileName).replaceAll("\\", "/")}` : line;
}

/** The source of a node, in whatever file it is. */
export function textOf(node: TSESTree.Node, { sourceCode }: Context, end = node.range[1]): string {
  const text = otherFileOf(node)?.text ?? sourceCode.text;
  return text.slice(node.range[0], end);
}
