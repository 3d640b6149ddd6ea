import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

const MAX_QUOTE = 60;

/** The beginning of the source of a node, on one line, for a message. */
export function quote(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  return shorten(sourceCode.getText(node));
}

/** A piece of source on one line, without comments, fit to stand between backticks. */
export function shorten(source: string): string {
  const text = source
    .replaceAll(/(?<![:"'`])\/\/ .*$|\/\*[^]*?\*\//gmu, "")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .replaceAll("`", "'");
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE - 1)}…` : text;
}

export function lineOf(node: TSESTree.Node): string {
  return String(node.loc.start.line);
}
