import { parse } from "@typescript-eslint/parser";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePath, CodePathOwner, Step } from "../../src/flow/code-path.ts";

/** The code path of a text as a whole file. */
export function pathOfFile(text: string): CodePath {
  return codePathOf(parse(text, { range: true, loc: true, sourceType: "module", ecmaFeatures: { jsx: true } }));
}

/** The code path of the first function in a text that has one. */
export function pathOfFunction(text: string): CodePath {
  const program = parse(text, { range: true, loc: true, sourceType: "module" });
  const owner = find(program, (node) => node.type.includes("Function"));
  if (!owner) throw new Error("The text has no function.");
  return codePathOf(owner as CodePathOwner);
}

/** The code path of an async generator with this body. */
export function pathOfBody(body: string): CodePath {
  return pathOfFunction(`async function* f() { ${body} }`);
}

/** The first node that fits, in no order that matters to a text with one such node. */
export function find(node: TSESTree.Node, fits: (node: TSESTree.Node) => boolean): TSESTree.Node | undefined {
  if (fits(node)) return node;
  for (const child of childrenOf(node)) {
    const found = find(child, fits);
    if (found) return found;
  }
  return undefined;
}

export function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  return Object.entries(node)
    .filter(([key]) => key !== "parent")
    .flatMap(([, value]) => value as unknown)
    .filter(isNode);
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

/** The call of a function in the text of a path. */
export function callOf(path: CodePath, name: string): TSESTree.Node {
  const call = find(path.owner, (node) => node.type === T.CallExpression && isNamed(node.callee, name));
  if (!call) throw new Error(`Nothing calls ${name}().`);
  return call;
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === T.Identifier && node.name === name;
}

/** What a reader would call a step: the function called, the name disposed of; undefined for everything else. */
function nameOf({ kind, node }: Step): string | undefined {
  if (kind === "iterate") return "next";
  if (kind !== "evaluate") return undefined;
  switch (node.type) {
    case T.CallExpression:
    case T.NewExpression:
      return node.callee.type === T.Identifier ? node.callee.name : undefined;
    case T.VariableDeclaration:
      return `dispose-${node.declarations.map(({ id }) => (id.type === T.Identifier ? id.name : "?")).join("-")}`;
    case T.YieldExpression:
      return "yield";
    case T.PropertyDefinition:
    case T.StaticBlock:
      return "static";
    default:
      return undefined;
  }
}

/**
 * The calls on every run of a path that ends as asked, without passing an edge twice. Runs that call the same are
 * one. What ends by an error is followed only where asked, or where something catches it.
 */
export function runsOf(path: CodePath, ending: "exit" | "throw"): string[] {
  const runs = new Set<string>();
  const passed = new Set<string>();
  const walk = (step: Step, names: readonly string[]): void => {
    const name = nameOf(step);
    const soFar = name === undefined ? names : [...names, name];
    if (step.kind === ending) runs.add(soFar.join(" "));
    for (const next of step.next) {
      const edge = `${String(step.id)}-${String(next.id)}`;
      if (passed.has(edge)) continue;
      passed.add(edge);
      walk(next, soFar);
      passed.delete(edge);
    }
  };
  walk(path.enter, []);
  return [...runs].sort();
}

/** The source of everything evaluated on a path without branches, in order. */
export function evaluationsOf(path: CodePath, text: string): string[] {
  return path.steps.filter(({ kind }) => kind === "evaluate").map(({ node }) => text.slice(...node.range));
}
