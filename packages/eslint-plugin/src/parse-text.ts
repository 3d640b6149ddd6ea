import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/** Parses code that stands in a string with the parser of the file. */
export function textParserOf({
  languageOptions,
}: Readonly<Pick<TSESLint.RuleContext<string, readonly unknown[]>, "languageOptions">>): (
  text: string,
) => TSESTree.Program | undefined {
  const parser = languageOptions.parser as
    | {
        parse?: (text: string, options: object) => unknown;
        parseForESLint?: (text: string, options: object) => { ast: unknown };
      }
    | undefined;
  const parse = (text: string, sourceType: "commonjs" | "module"): TSESTree.Program | undefined => {
    const options = { range: true, loc: true, ecmaVersion: "latest", sourceType };
    try {
      const ast = (parser?.parseForESLint?.(text, options).ast ?? parser?.parse?.(text, options)) as
        TSESTree.Program | undefined;
      return ast?.type === T.Program ? ast : undefined;
    } catch {
      // What is no program is the worker's own problem.
      return undefined;
    }
  };
  return (text) => parse(text, "commonjs") ?? parse(text, "module");
}
