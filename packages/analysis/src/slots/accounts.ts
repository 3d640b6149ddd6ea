import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Names } from "../source/names.ts";
import { isFunction, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Take } from "./takes.ts";

/** A number, or a collection, that grows with each item that is made and is compared with a limit. */
export interface Account {
  readonly key: string;
  readonly increments: readonly TSESTree.Node[];
}

/** What counts the items of a pool: it belongs to the same object or scope as the collection of those that are idle. */
export function accountOf(names: Names, ast: TSESTree.Program, take: Take): Account | undefined {
  const { key: pool, owner: taker } = take;
  const base = baseOf(pool);
  const isCompared = (node: TSESTree.Node): node is TSESTree.BinaryExpression =>
    node.type === T.BinaryExpression && /^(?:[<>]=?|[=!]==?)$/u.test(node.operator);
  for (const { left, right } of findAll(ast, isCompared)) {
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const counted = countedIn(side);
      const key = names.key(counted);
      if (key === undefined || key === pool || baseOf(key) !== base || !isLimit(other)) continue;
      if (scopeOf(names, counted) !== scopeOf(names, take.collection)) continue;
      const increments = findAll(ast, (node): node is TSESTree.Node =>
        isIncrement(names, node, key, counted !== unwrap(side)),
      );
      if (increments.some((one) => isOfItem(take, one))) continue;
      const owners = new Set([taker, ...increments.map(ownerOf)]);
      if (increments.length > 0 && owners.has(ownerOf(side))) return { key, increments };
    }
  }
  return undefined;
}

/** Whether something is counted for the item that was taken, not for one that is made. */
function isOfItem({ node, owner, item }: Take, increment: TSESTree.Node): boolean {
  if (ownerOf(increment) !== owner) return false;
  const places = (nodes: readonly TSESTree.Node[]): Set<Step> =>
    new Set(nodes.flatMap((one) => [...stepsAt(owner, one)]));
  const taken = places([node]);
  const returns = item.references.flatMap(({ identifier }) => {
    const use = identifier as TSESTree.Node;
    return use.parent?.type === T.ReturnStatement ? [use.parent] : [];
  });
  const uses = places(returns);
  return reaches(places([increment]), (step) => uses.has(step), { through: (step) => !taken.has(step) });
}

/** Where a variable is declared; undefined for a member. */
function scopeOf(names: Names, node: TSESTree.Node): TSESTree.Node | undefined {
  const expression = unwrap(node);
  return expression.type === T.Identifier ? names.variable(expression)?.scope.block : undefined;
}

/** `this@12.idle` → `this@12`; nothing for a variable. */
function baseOf(key: string): string {
  return key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : "";
}

function countedIn(node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  const name = expression.type === T.MemberExpression ? memberName(expression) : undefined;
  return expression.type === T.MemberExpression && (name === "length" || name === "size")
    ? expression.object
    : expression;
}

function isLimit(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return typeof expression.value === "number" && expression.value > 0;
  return expression.type === T.Identifier || expression.type === T.MemberExpression;
}

function isIncrement(names: Names, node: TSESTree.Node, key: string, isCollection: boolean): boolean {
  if (isCollection) {
    const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
    if (callee?.type !== T.MemberExpression || names.key(callee.object) !== key) return false;
    return /^(?:add|push|set)$/u.test(memberName(callee) ?? "");
  }
  if (node.type === T.UpdateExpression) {
    return node.operator === "++" && names.key(node.argument) === key && node.parent.type !== T.ForStatement;
  }
  return node.type === T.AssignmentExpression && node.operator === "+=" && names.key(node.left) === key;
}

/** Whether something is made for a collection when that is made: `const idle = [new Worker(), new Worker()]`. */
export function isFilled(names: Names, ast: TSESTree.Program, pool: string): boolean {
  const isMade = (node: TSESTree.Node): node is TSESTree.Node => {
    if (node.type === T.VariableDeclarator)
      return node.init !== null && names.key(node.id) === pool && isFull(node.init);
    if (node.type === T.AssignmentExpression) return names.key(node.left) === pool && isFull(node.right);
    if (node.type === T.PropertyDefinition) {
      const name =
        node.key.type === T.PrivateIdentifier
          ? `#${node.key.name}`
          : node.key.type === T.Identifier
            ? node.key.name
            : "";
      const isOwn = pool === `this@${String(node.parent.range[0])}.${name}`;
      return isOwn && node.value !== null && isFull(node.value);
    }
    const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
    if (node.type !== T.CallExpression || callee?.type !== T.MemberExpression || names.key(callee.object) !== pool)
      return false;
    return /^(?:add|push|set)$/u.test(memberName(callee) ?? "") && isInStart(node);
  };
  return findAll(ast, isMade).length > 0;
}

function isFull(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === T.ArrayExpression) return value.elements.length > 0;
  if (value.type === T.NewExpression) return value.arguments.some((one) => isFull(one));
  const callee = value.type === T.CallExpression ? unwrap(value.callee) : undefined;
  // `Array.from({ length: 4 }, connect)`, `names.map(open)`.
  return callee?.type === T.MemberExpression && /^(?:fill|flatMap|from|map|of)$/u.test(memberName(callee) ?? "");
}

/** In a loop of a constructor or of the file, or in one that counts. */
function isInStart(node: TSESTree.Node): boolean {
  let loop: TSESTree.Node | undefined;
  for (let current = node.parent; current; current = current.parent) {
    if (current.type.startsWith("For") || current.type === T.WhileStatement) loop ??= current;
    if (!isFunction(current)) continue;
    if (loop?.type === T.ForStatement) return true;
    return loop !== undefined && current.parent.type === T.MethodDefinition && current.parent.kind === "constructor";
  }
  return loop !== undefined;
}
