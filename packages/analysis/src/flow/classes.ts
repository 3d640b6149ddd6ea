import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { arrive, mayThrow } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { evaluate } from "./expressions.ts";

/** Draws what runs when a class is made; its static initializers and blocks as one step each. */
export function evaluateClass(draft: Draft, node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): void {
  evaluateDecorators(draft, node);
  evaluate(draft, node.superClass);
  for (const member of node.body.body) {
    if (isErased(member)) continue;
    evaluateDecorators(draft, member);
    if ("key" in member) evaluate(draft, member.key);
  }
  for (const member of node.body.body) {
    if (!runsAtOnce(member)) continue;
    arrive(draft, "evaluate", member);
    mayThrow(draft);
  }
  arrive(draft, "evaluate", node);
  if (node.superClass ?? decoratorsOf(node)[0]) mayThrow(draft);
}

function decoratorsOf(node: TSESTree.Node): readonly TSESTree.Decorator[] {
  // Parsers without TypeScript leave `decorators` out.
  return "decorators" in node ? node.decorators : [];
}

function evaluateDecorators(draft: Draft, node: TSESTree.Node): void {
  for (const decorator of decoratorsOf(node)) evaluate(draft, decorator.expression);
}

/** Abstract and declared members exist only in types. */
function isErased(member: TSESTree.ClassElement): boolean {
  return member.type.startsWith("TS") || ("declare" in member && member.declare);
}

function runsAtOnce(member: TSESTree.ClassElement): boolean {
  if (member.type === T.StaticBlock) return true;
  const isField = member.type === T.PropertyDefinition || member.type === T.AccessorProperty;
  return isField && member.static && member.value !== null;
}
