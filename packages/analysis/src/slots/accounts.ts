import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Names } from "../source/names.ts";
import { assignmentsTo, callsOn, groupBy, occurrencesOf } from "../source/occurrences.ts";
import { loopAround, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Take } from "./takes.ts";

/** A number, or a collection, that grows with each item that is made and is compared with a limit. */
export interface Account {
  readonly key: string;
  readonly increments: readonly TSESTree.Node[];
}

/** What is compared with a limit. */
export interface Comparison {
  readonly key: string;
  readonly counted: TSESTree.Node;
  /** The side of the comparison on which it stands, and whether that is its length. */
  readonly side: TSESTree.Node;
  readonly isCollection: boolean;
}

/** What a file compares with limits, by the object to which it belongs. */
export function comparisonsIn(names: Names, ast: TSESTree.Program): ReadonlyMap<string, readonly Comparison[]> {
  const isCompared = (node: TSESTree.Node): node is TSESTree.BinaryExpression =>
    node.type === T.BinaryExpression && /^(?:[<>]=?|[=!]==?)$/u.test(node.operator);
  const found = findAll(ast, isCompared).flatMap(({ left, right }): Comparison[] =>
    [[left, right] as const, [right, left] as const].flatMap(([side, limit]) => {
      const counted = countedIn(side);
      const key = isLimit(limit) ? names.key(counted) : undefined;
      return key === undefined ? [] : [{ key, counted, side, isCollection: counted !== unwrap(side) }];
    }),
  );
  return groupBy(found, ({ key }) => baseOf(key));
}

/** What counts the items of a pool: it belongs to the same object or scope as the collection of those that are idle. */
export function accountOf(
  names: Names,
  ast: TSESTree.Program,
  comparisons: ReadonlyMap<string, readonly Comparison[]>,
  take: Take,
): Account | undefined {
  const scope = scopeOf(names, take.collection);
  for (const { key, counted, side, isCollection } of comparisons.get(baseOf(take.key)) ?? []) {
    if (key === take.key || scopeOf(names, counted) !== scope) continue;
    const occurrences = occurrencesOf(names, ast, key);
    if (occurrences.some(isMeasured)) continue;
    const increments = incrementsOf(occurrences, isCollection);
    if (increments.length === 0 || increments.some((one) => isOfItem(take, one))) continue;
    const owner = ownerOf(side);
    if (owner === take.owner || increments.some((one) => ownerOf(one) === owner)) return { key, increments };
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
  return names.variable(unwrap(node))?.scope.block;
}

/** `this@12.idle` → `this@12`; nothing for a variable. */
function baseOf(key: string): string {
  return key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : "";
}

function countedIn(node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  const name = memberName(expression);
  return expression.type === T.MemberExpression && (name === "length" || name === "size")
    ? expression.object
    : expression;
}

function isLimit(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return typeof expression.value === "number" && expression.value > 0;
  return expression.type === T.Identifier || expression.type === T.MemberExpression;
}

const PUTS = /^(?:add|push|set)$/u;

/** Where something that is counted grows. */
function incrementsOf(counted: readonly TSESTree.Node[], isCollection: boolean): TSESTree.Node[] {
  if (isCollection) return callsOn(counted).flatMap(({ call, method }) => (PUTS.test(method) ? [call] : []));
  return counted.flatMap((node): TSESTree.Node[] => {
    const parent = meaningfulParent(node);
    if (parent?.type === T.UpdateExpression)
      return parent.operator === "++" && parent.parent.type !== T.ForStatement ? [parent] : [];
    return isAddedTo(parent, node) ? [parent] : [];
  });
}

/** `bytes += chunk.length`: what is added up is how much the items hold, which are data that somebody consumes. */
function isMeasured(node: TSESTree.Node): boolean {
  const parent = meaningfulParent(node);
  if (!isAddedTo(parent, node)) return false;
  const value = unwrap(parent.right);
  const name = memberName(value.type === T.CallExpression ? unwrap(value.callee) : value);
  return name !== undefined && /^(?:byteLength|length|size)$/u.test(name);
}

function isAddedTo(parent: TSESTree.Node | undefined, node: TSESTree.Node): parent is TSESTree.AssignmentExpression {
  return parent?.type === T.AssignmentExpression && parent.operator === "+=" && unwrap(parent.left) === node;
}

/** Whether something is made for a collection when that is made: `const idle = [new Worker(), new Worker()]`. */
export function isFilled(names: Names, ast: TSESTree.Program, pool: string): boolean {
  const occurrences = occurrencesOf(names, ast, pool);
  const isMadeFull = occurrences.some((node) => {
    const parent = meaningfulParent(node);
    if (parent?.type === T.VariableDeclarator) return parent.init !== null && isFull(parent.init);
    return parent?.type === T.PropertyDefinition && parent.value !== null && isFull(parent.value);
  });
  return (
    isMadeFull ||
    assignmentsTo(occurrences).some(({ right }) => isFull(right)) ||
    callsOn(occurrences).some(({ call, method }) => PUTS.test(method) && isInStart(call))
  );
}

const FILLS: ReadonlySet<string | undefined> = new Set(["fill", "flatMap", "from", "map", "of"]);

function isFull(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === T.ArrayExpression) return value.elements.length > 0;
  if (value.type === T.NewExpression) return value.arguments.some((one) => isFull(one));
  const callee = value.type === T.CallExpression ? unwrap(value.callee) : undefined;
  // `Array.from({ length: 4 }, connect)`, `names.map(open)`.
  return callee !== undefined && FILLS.has(memberName(callee));
}

/** In a loop of a constructor or of the file, or in one that counts. */
function isInStart(node: TSESTree.Node): boolean {
  const loop = loopAround(node);
  if (!loop) return false;
  if (loop.type === T.ForStatement) return true;
  const around = ownerOf(node)?.parent;
  return !around || (around.type === T.MethodDefinition && around.kind === "constructor");
}
