import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { unwrap } from "../source/syntax.ts";

/** A class of this file. */
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The class of this file that a name stands for. */
export function classOf({ names }: Resources, node: TSESTree.Node): ClassNode | undefined {
  const variable = names.variable(node);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.ClassDeclaration ? declared : undefined;
}

/** The class of this file that something was made of. */
export function classOfInstance(resources: Resources, node: TSESTree.Node): ClassNode | undefined {
  const maker = resources.maker(node);
  return maker?.type === T.NewExpression ? classOf(resources, unwrap(maker.callee)) : undefined;
}
