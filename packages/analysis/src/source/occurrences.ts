import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { keyOfThis } from "./names.ts";
import type { Names } from "./names.ts";
import { isCall, meaningfulParent, memberName, propertyName, unwrap } from "./syntax.ts";
import { findAll } from "./walk.ts";

/** Things under the keys that they have, in their order; those without one are left out. */
export function groupBy<Key, Thing>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => Key | undefined,
): ReadonlyMap<Key, readonly Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const same = key === undefined ? undefined : groups.get(key);
    if (same) same.push(thing);
    else if (key !== undefined) groups.set(key, [thing]);
  }
  return groups;
}

type Index<Node> = ReadonlyMap<string, readonly Node[]>;

const occurrences = new WeakMap<TSESTree.Node, Index<TSESTree.Node>>();

/** All expressions of a file that denote the same, and the names by which it is declared, in the order of the source. */
export function occurrencesOf(names: Names, ast: TSESTree.Node, key: string): readonly TSESTree.Node[] {
  let index = occurrences.get(ast);
  if (!index) {
    index = groupBy(findAll(ast, isDenoting), (node) =>
      isField(node.parent, node) ? fieldKey(node) : stateKey(names, node),
    );
    occurrences.set(ast, index);
  }
  return index.get(key) ?? [];
}

/** A text for whatever denotes state: a name, a member, an element. The same for what denotes the same. */
export function stateKey(names: Names, node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  const key = names.key(expression);
  if (key !== undefined || expression.type !== T.MemberExpression || !expression.computed) return key;
  const object = stateKey(names, expression.object);
  const index = names.key(expression.property);
  return object === undefined || index === undefined ? undefined : `${object}[${index}]`;
}

function isDenoting(node: TSESTree.Node): node is TSESTree.Node {
  if (node.type === T.MemberExpression || node.type === T.ThisExpression) return true;
  const { parent } = node;
  if (isField(parent, node)) return true;
  if (node.type !== T.Identifier || !parent) return false;
  // The name of a member denotes nothing by itself.
  const isName =
    (parent.type === T.MemberExpression && parent.property === node && !parent.computed) ||
    ("key" in parent && parent.key === node && !("computed" in parent && parent.computed));
  return !isName;
}

function isField(parent: TSESTree.Node | undefined, node: TSESTree.Node): boolean {
  return parent?.type === T.PropertyDefinition && parent.key === node;
}

/** The text of `this.idle` in the class that declares `idle`. */
function fieldKey(name: TSESTree.Node): string | undefined {
  const { parent } = name;
  const body = parent?.parent;
  const text = parent?.type === T.PropertyDefinition ? propertyName(parent.key, parent.computed) : undefined;
  return body && text !== undefined ? `${keyOfThis(body)}.${text}` : undefined;
}

const members = new WeakMap<TSESTree.Node, Index<TSESTree.MemberExpression>>();

/** The members of that name of which a file speaks, whosesoever they are. */
export function membersNamed(ast: TSESTree.Node, name: string): readonly TSESTree.MemberExpression[] {
  let index = members.get(ast);
  if (!index) {
    index = groupBy(findAll(ast, isMember), memberName);
    members.set(ast, index);
  }
  return index.get(name) ?? [];
}

function isMember(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === T.MemberExpression;
}

/** The members of what some expressions denote: `queue.length`. */
export function membersOf(objects: readonly TSESTree.Node[]): TSESTree.MemberExpression[] {
  return objects.flatMap((object) => {
    const parent = meaningfulParent(object);
    return parent?.type === T.MemberExpression && unwrap(parent.object) === object ? [parent] : [];
  });
}

/** A method call, and the name of the method. */
export interface MethodCall {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
}

/** The method calls on what some expressions denote: `queue.push(job)`. */
export function callsOn(objects: readonly TSESTree.Node[]): MethodCall[] {
  return membersOf(objects).flatMap((member): MethodCall[] => {
    const call = meaningfulParent(member);
    const method = memberName(member);
    return call && isCall(call) && unwrap(call.callee) === member && method !== undefined ? [{ call, method }] : [];
  });
}

/** The calls that are given what some expressions denote, and as which argument. */
export function callsGiven(values: readonly TSESTree.Node[]): { call: TSESTree.CallExpression; index: number }[] {
  return values.flatMap((value) => {
    const call = meaningfulParent(value);
    const index = call && isCall(call) ? call.arguments.findIndex((one) => unwrap(one) === value) : -1;
    return call && isCall(call) && index >= 0 ? [{ call, index }] : [];
  });
}

/** What some expressions are assigned, with `=` or another operator. */
export function assignmentsTo(targets: readonly TSESTree.Node[]): TSESTree.AssignmentExpression[] {
  return targets.flatMap((target) => {
    const parent = meaningfulParent(target);
    return parent?.type === T.AssignmentExpression && unwrap(parent.left) === target ? [parent] : [];
  });
}
