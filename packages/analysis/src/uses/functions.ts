import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Names } from "../source/names.ts";
import {
  enclosingClass,
  isFunction,
  meaningfulParent,
  memberName,
  propertyName,
  thisMember,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";

/** The function of this file that an expression is: itself, or by its only name; `this.method` within its class. */
export function functionOf(names: Names, node: TSESTree.Node): FunctionNode | undefined {
  const expression = unwrap(node);
  if (isFunction(expression)) return expression;
  if (expression.type === T.CallExpression) {
    const callee = unwrap(expression.callee);
    const isBound = callee.type === T.MemberExpression && memberName(callee) === "bind";
    // Bound arguments come before those of the call.
    return isBound && expression.arguments.length <= 1 ? functionOf(names, callee.object) : undefined;
  }
  if (expression.type === T.MemberExpression) return methodOf(expression);
  const variable = names.variable(expression);
  if (variable?.defs.length !== 1) return undefined;
  const [definition] = variable.defs;
  const declared = definition?.node as TSESTree.Node | undefined;
  // A parameter is declared by its function as well.
  if (isFunction(declared) && declared.id && declared.id === definition?.name) return declared;
  const value = names.held(expression);
  return isFunction(value) ? value : undefined;
}

function methodOf(node: TSESTree.MemberExpression): FunctionNode | undefined {
  const name = thisMember(node);
  const body = name === undefined ? undefined : enclosingClass(node)?.body;
  for (const member of body?.body ?? []) {
    if (member.type !== T.MethodDefinition || propertyName(member.key, member.computed) !== name) continue;
    return member.kind === "method" && isFunction(member.value) ? member.value : undefined;
  }
  return undefined;
}

/** What a function gives back, in its own code. */
export function resultsOf(node: FunctionNode): TSESTree.Expression[] {
  if (node.body.type !== T.BlockStatement) return [node.body];
  const results: TSESTree.Expression[] = [];
  walk(node.body, (inner) => {
    if (inner.type === T.ReturnStatement && inner.argument) results.push(inner.argument);
    return !isFunction(inner);
  });
  return results;
}

/** The function of this file that a call runs. */
export function calledFunction(names: Names, call: TSESTree.CallExpression): FunctionNode | undefined {
  return functionOf(names, call.callee);
}

/** The variable by which a function is known; undefined for one without a name of its own. */
export function nameOf(names: Names, node: FunctionNode): Scope.Variable | undefined {
  if (node.type === T.FunctionDeclaration) return node.id ? names.variable(node.id) : undefined;
  const parent = meaningfulParent(node);
  if (parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return undefined;
  return names.variable(parent.id);
}

/** All calls of a function; undefined where it may also be called by others: it is exported, passed on or stored. */
export function callsOf(names: Names, node: FunctionNode): TSESTree.CallExpression[] | undefined {
  const variable = nameOf(names, node);
  if (!variable) {
    const call = meaningfulParent(node);
    return call?.type === T.CallExpression && unwrap(call.callee) === node ? [call] : undefined;
  }
  if (node.parent.type.startsWith("Export") || node.parent.parent?.parent?.type.startsWith("Export") === true)
    return undefined;
  const calls: TSESTree.CallExpression[] = [];
  for (const reference of variable.references) {
    if (!reference.isRead()) continue;
    const call = meaningfulParent(reference.identifier);
    if (call?.type !== T.CallExpression || unwrap(call.callee) !== (reference.identifier as TSESTree.Node))
      return undefined;
    calls.push(call);
  }
  return calls;
}
