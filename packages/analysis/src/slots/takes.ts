import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Names } from "../source/names.ts";
import { isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf } from "../uses/places.ts";

/** A place at which something is taken out of a collection, and the variable that then holds it. */
export interface Take {
  /** The call that takes it out. */
  readonly node: TSESTree.CallExpression;
  readonly collection: TSESTree.Node;
  /** The same text for the same collection. */
  readonly key: string;
  readonly item: Scope.Variable;
  readonly owner: FunctionNode;
}

/** A place at which something is put into a collection. */
export interface Put {
  readonly node: TSESTree.CallExpression;
  readonly key: string;
  /** What is put there: the last argument. */
  readonly value: TSESTree.Node;
  readonly owner: TSESTree.Node | undefined;
}

const TAKE: ReadonlySet<string | undefined> = new Set(["pop", "shift", "splice"]);
/** Methods that put something into a collection. */
export const PUT: ReadonlySet<string | undefined> = new Set(["add", "push", "set", "unshift"]);

/** All places of a file at which an item is taken out of a collection for which it has a name. */
export function takesIn(names: Names, ast: TSESTree.Program): Take[] {
  return findAll(ast, isCall).flatMap((node): Take[] => {
    const callee = unwrap(node.callee);
    const owner = ownerOf(node);
    const method = memberName(callee);
    if (callee.type !== T.MemberExpression || !owner || !isFunction(owner)) return [];
    const key = names.key(callee.object);
    const item = TAKE.has(method)
      ? holderOf(names, node)
      : method === "delete"
        ? deletedItem(names, node, callee.object)
        : undefined;
    return key !== undefined && item ? [{ node, collection: callee.object, key, item, owner }] : [];
  });
}

export function putsIn(names: Names, ast: TSESTree.Program): Put[] {
  return findAll(ast, isCall).flatMap((node): Put[] => {
    const callee = unwrap(node.callee);
    const value = node.arguments.at(-1);
    if (callee.type !== T.MemberExpression || !value || !PUT.has(memberName(callee))) return [];
    const key = names.key(callee.object);
    return key === undefined ? [] : [{ node, key, value, owner: ownerOf(node) }];
  });
}

/** `const item = idle.pop()`, `while ((item = idle.shift()))`, `const [item] = idle.splice(0, 1)`, `const item = next ?? idle.pop()`. */
function holderOf(names: Names, call: TSESTree.CallExpression): Scope.Variable | undefined {
  let node: TSESTree.Node = call;
  for (let parent = meaningfulParent(node); parent; parent = meaningfulParent(node)) {
    const isFirst = parent.type === T.MemberExpression && parent.computed && unwrap(parent.object) === unwrap(node);
    if (!isFirst && parent.type !== T.LogicalExpression) break;
    node = parent;
  }
  const parent = meaningfulParent(node);
  let target: TSESTree.Node | undefined;
  if (parent?.type === T.VariableDeclarator) target = parent.id;
  else if (parent?.type === T.AssignmentExpression && parent.operator === "=") target = parent.left;
  if (target?.type === T.ArrayPattern) target = target.elements[0] ?? undefined;
  return target && names.variable(target);
}

/** `for (const item of idle) { idle.delete(item); … }`, and with the key of a map. */
function deletedItem(
  names: Names,
  call: TSESTree.CallExpression,
  collection: TSESTree.Node,
): Scope.Variable | undefined {
  const [key] = call.arguments;
  const variable = key && names.variable(key);
  if (!variable || meaningfulParent(call)?.type !== T.ExpressionStatement) return undefined;
  for (let node: TSESTree.Node | undefined = call.parent; node && !isFunction(node); node = node.parent) {
    if (node.type !== T.ForOfStatement || node.left.type !== T.VariableDeclaration) continue;
    const [declarator] = node.left.declarations;
    const bound = declarator.id.type === T.ArrayPattern ? declarator.id.elements : [declarator.id];
    const list = unwrap(node.right);
    const source =
      list.type === T.CallExpression && list.callee.type === T.MemberExpression ? list.callee.object : list;
    if (names.key(source) !== names.key(collection)) continue;
    const last = bound.at(-1);
    if (bound.some((one) => one && names.variable(one) === variable)) {
      return last ? names.variable(last) : undefined;
    }
  }
  return undefined;
}
