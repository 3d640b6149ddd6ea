import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { memberName, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { atomicOf } from "../wakes/atomics.ts";
import { apiName } from "./apis.ts";

/** More, true, something; or less, false, nothing. */
export type Level = "high" | "low";

/** A place at which a piece of state changes. */
export interface Change {
  readonly node: TSESTree.Node;
  /** To what it changes, where that can be seen. */
  readonly level: Level | undefined;
  /** It is of something with the same member, of which it is not known whether it is the same thing. */
  readonly isOther?: boolean;
}

interface Changes {
  readonly byKey: ReadonlyMap<string, readonly Change[]>;
  /** By the names of the members. */
  readonly byName: ReadonlyMap<string, readonly (Change & { readonly key: string })[]>;
}

const known = new WeakMap<TSESTree.Program, Changes>();

/** Everything in a file that may change a piece of state: it, what it is a member of, and members of that name. */
export function changesOf({ file, names }: Resources, key: string): Change[] {
  let changes = known.get(file.ast);
  if (!changes) {
    changes = collect(names, file.ast);
    known.set(file.ast, changes);
  }
  const found: Change[] = [];
  found.push(...(changes.byKey.get(key) ?? []));
  // `state = {}` changes `state.ready`, to what it does not tell.
  for (let end = key.lastIndexOf("."); end > 0; end = key.lastIndexOf(".", end - 1)) {
    for (const { node } of changes.byKey.get(key.slice(0, end)) ?? []) found.push({ node, level: undefined });
  }
  const name = key.slice(key.lastIndexOf(".") + 1);
  // The same thing may have another name there: `service.ready` is `this.ready` in its class.
  const isOfThis = key.startsWith("this@");
  for (const one of changes.byName.get(name) ?? []) {
    if (one.key !== key) found.push({ ...one, isOther: one.key.startsWith("this@") === isOfThis });
  }
  return found;
}

function collect(names: Names, ast: TSESTree.Program): Changes {
  const byKey = new Map<string, Change[]>();
  const byName = new Map<string, (Change & { readonly key: string })[]>();
  const put = (target: TSESTree.Node, node: TSESTree.Node, level: Level | undefined): void => {
    const key = stateKey(names, target);
    if (key !== undefined) add(key, node, level);
  };
  const add = (key: string, node: TSESTree.Node, level: Level | undefined): void => {
    push(byKey, key, { node, level });
    push(byName, key.slice(key.lastIndexOf(".") + 1), { node, level, key });
  };
  walk(ast, (node) => {
    switch (node.type) {
      case T.UpdateExpression:
        put(node.argument, node, node.operator === "++" ? "high" : "low");
        break;
      case T.UnaryExpression:
        if (node.operator === "delete") put(node.argument, node, "low");
        break;
      case T.AssignmentExpression:
        for (const target of targetsOf(node.left)) put(target, node, target === node.left ? levelOf(node) : undefined);
        break;
      case T.ForOfStatement:
      case T.ForInStatement:
        if (node.left.type !== T.VariableDeclaration)
          for (const target of targetsOf(node.left)) put(target, node, undefined);
        break;
      case T.CallExpression:
        called(names, node, put, (controller) => {
          const key = stateKey(names, controller);
          // What its signal tells.
          if (key !== undefined) add(`${key}.signal.aborted`, node, "high");
        });
    }
  });
  return { byKey, byName };
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The names and members that an assignment gives something to. */
function targetsOf(pattern: TSESTree.Node): TSESTree.Node[] {
  switch (pattern.type) {
    case T.ObjectPattern:
      return pattern.properties.flatMap((one) => targetsOf(one.type === T.Property ? one.value : one.argument));
    case T.ArrayPattern:
      return pattern.elements.flatMap((one) => (one ? targetsOf(one) : []));
    case T.AssignmentPattern:
      return targetsOf(pattern.left);
    case T.RestElement:
      return targetsOf(pattern.argument);
    default:
      return [pattern];
  }
}

function levelOf({ operator, right }: TSESTree.AssignmentExpression): Level | undefined {
  if (operator === "+=") return "high";
  if (operator === "-=") return "low";
  if (operator !== "=" && operator !== "??=" && operator !== "||=") return undefined;
  const value = unwrap(right);
  switch (value.type) {
    case T.Literal:
      return value.value ? "high" : "low";
    case T.ObjectExpression:
    case T.NewExpression:
    case T.ArrowFunctionExpression:
      return "high";
    case T.Identifier:
      return value.name === "undefined" ? "low" : undefined;
    default:
      return undefined;
  }
}

const RAISE: ReadonlySet<string | undefined> = new Set(["add", "append", "enqueue", "push", "set", "unshift"]);
const LOWER: ReadonlySet<string | undefined> = new Set(["clear", "delete", "dequeue", "pop", "shift"]);
const EITHER: ReadonlySet<string | undefined> = new Set(["copyWithin", "fill", "reverse", "sort", "splice"]);

function called(
  names: Names,
  node: TSESTree.CallExpression,
  put: (target: TSESTree.Node, node: TSESTree.Node, level: Level | undefined) => void,
  aborted: (controller: TSESTree.Node) => void,
): void {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (apiName(names, callee) === "Object.assign" && first) {
    put(first, node, undefined);
    return;
  }
  if (callee.type !== T.MemberExpression || atomicOf(names, node)) return;
  const name = memberName(callee);
  if (name === "abort") aborted(callee.object);
  if (RAISE.has(name)) put(callee.object, node, "high");
  else if (LOWER.has(name)) put(callee.object, node, "low");
  else if (EITHER.has(name)) put(callee.object, node, undefined);
}
