import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { contains, isFunction, meaningfulParent, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { functionOf, resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { clearsOf, holderOf } from "./abort-timer.ts";
import type { AbortTimer, OwnDeadline } from "./abort-timer.ts";
import { callIndex } from "./call-index.ts";

/**
 * The deadlines that functions of the file make for others, where they are made:
 * `const { signal, clear } = deadline(1000)`.
 */
export function madeDeadlines(
  names: Names,
  calls: readonly TSESTree.CallExpression[],
  own: readonly OwnDeadline[],
): AbortTimer[] {
  return own.flatMap((deadline) => {
    const maker = ownerOf(deadline.node);
    if (!isFunction(maker)) return [];
    const parts = partsOf(names, maker, deadline);
    if (!parts) return [];
    const { running, calling } = callIndex(names, calls);
    return (running.get(maker) ?? []).flatMap((node) => {
      const keys = keysOf(names, node);
      const controller = parts.controller === undefined ? undefined : keys(parts.controller);
      const signal = parts.signal === undefined ? controller && `${controller}.signal` : keys(parts.signal);
      if (signal === undefined) return [];
      const clear = parts.clear === undefined ? undefined : keys(parts.clear);
      const clears = [
        ...((clear === undefined ? undefined : calling.get(clear)) ?? []),
        ...clearsOf(names, calls, parts.timer === undefined ? undefined : keys(parts.timer)),
      ];
      return [{ node, signal, clears }];
    });
  });
}

/** The deadlines for a controller that functions of the file are given: `const timer = abortAfter(controller, 1000)`. */
export function startedDeadlines(
  names: Names,
  calls: readonly TSESTree.CallExpression[],
  own: readonly OwnDeadline[],
): AbortTimer[] {
  return own.flatMap(({ node, controller, timer }) => {
    const starter = ownerOf(node);
    if (!isFunction(starter)) return [];
    const index = starter.params.findIndex((parameter) => names.key(parameter) === controller);
    const [result, ...others] = resultsOf(starter);
    const isTimer = result && (unwrap(result) === node || (timer !== undefined && names.key(result) === timer));
    if (!isTimer || others.length > 0) return [];
    return (callIndex(names, calls).running.get(starter) ?? []).flatMap((call) => {
      const key = call.arguments[index] && names.key(call.arguments[index]);
      const clears = clearsOf(names, calls, holderOf(names, call));
      return key === undefined ? [] : [{ node: call, signal: `${key}.signal`, clears }];
    });
  });
}

/** Under which names a function returns the parts of a deadline. */
type Parts = Readonly<Partial<Record<"clear" | "controller" | "signal" | "timer", string>>>;

function partsOf(names: Names, maker: FunctionNode, deadline: OwnDeadline): Parts | undefined {
  const results = resultsOf(maker);
  const [result] = results;
  if (!result || results.length > 1) return undefined;
  const parts: Partial<Record<keyof Parts, string>> = {};
  for (const [name, value] of membersOf(unwrap(result))) {
    const key = names.key(value);
    const body = functionOf(names, value);
    if (body) {
      if (deadline.clears.some((clear) => contains(body, clear))) parts.clear = name;
    } else if (key === deadline.signal) parts.signal = name;
    else if (key === deadline.controller) parts.controller = name;
    else if (key !== undefined && key === deadline.timer) parts.timer = name;
  }
  return parts;
}

/** The members of an object or a list, or of the pattern that takes them out, by their names. */
function membersOf(node: TSESTree.Node): [string, TSESTree.Node][] {
  if (node.type === T.ArrayExpression || node.type === T.ArrayPattern) {
    const elements: readonly (TSESTree.Node | null)[] = node.elements;
    return elements.flatMap((element, index) => (element ? [[index.toString(), element]] : []));
  }
  if (node.type !== T.ObjectExpression && node.type !== T.ObjectPattern) return [];
  const properties: readonly TSESTree.Node[] = node.properties;
  return properties.flatMap((property) => {
    if (property.type !== T.Property) return [];
    const name = propertyName(property.key, property.computed);
    return name === undefined ? [] : [[name, property.value]];
  });
}

/** What the members of the result of a call are known by: `result.signal`, or the name that took it out. */
function keysOf(names: Names, call: TSESTree.CallExpression): (member: string) => string | undefined {
  const parent = meaningfulParent(call);
  const target = parent?.type === T.VariableDeclarator ? parent.id : undefined;
  const whole = target && names.key(target);
  if (whole !== undefined) return (member) => `${whole}.${member}`;
  return (member) => {
    const taken = target && membersOf(target).find(([name]) => name === member)?.[1];
    return taken && names.key(taken);
  };
}
