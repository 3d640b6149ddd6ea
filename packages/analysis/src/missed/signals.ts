import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import type { Subscription } from "./missed-event.ts";

const LOOKS: ReadonlySet<string | undefined> = new Set(["aborted", "reason", "throwIfAborted"]);

/** A signal that others made may be aborted already; the place where it comes from, if nothing in the function looks. */
export function uncheckedSignal(
  resources: Resources,
  { node: wait, target, event, key }: Subscription,
  owner: TSESTree.Node,
): TSESTree.Node | undefined {
  if (event !== "abort" || !resources.is(resources.of(target), "global.AbortSignal")) return undefined;
  const origin = givenAt(resources, target);
  if (!origin || isStandIn(resources, wait, owner)) return undefined;
  const looks = (node: TSESTree.Node): node is TSESTree.MemberExpression | TSESTree.ObjectPattern =>
    node.type === T.MemberExpression
      ? LOOKS.has(memberName(node)) && resources.names.key(node.object) === key && !isReason(node, wait)
      : node.type === T.ObjectPattern && node.properties.some(isLook);
  return findAll(owner, looks).length > 0 ? undefined : origin;
}

/** A callback whose promise nothing but an abort settles stands in for a request that hangs, in a test. */
function isStandIn(resources: Resources, wait: TSESTree.Node, owner: TSESTree.Node): boolean {
  const settles = eventWaitOf(resources, wait)?.events.some((event) => event.settles === "resolves");
  return settles === false && meaningfulParent(owner)?.type === T.CallExpression;
}

/** What a promise is rejected with says nothing of whether it comes to that. */
function isReason(node: TSESTree.MemberExpression, wait: TSESTree.Node): boolean {
  return memberName(node) === "reason" && contains(wait, node);
}

function isLook(property: TSESTree.Property | TSESTree.RestElement): boolean {
  return property.type === T.Property && property.key.type === T.Identifier && LOOKS.has(property.key.name);
}

/** The parameter or field that a signal is. */
function givenAt({ names }: Resources, target: TSESTree.Node): TSESTree.Node | undefined {
  const expression = unwrap(target);
  if (expression.type === T.MemberExpression) {
    // `this.signal`, `options.signal`; not `this.controller.signal`, which one aborts oneself.
    const object = unwrap(expression.object);
    return object.type === T.ThisExpression || parameterAt(names, object) ? expression : undefined;
  }
  return parameterAt(names, expression);
}

function parameterAt(names: Resources["names"], node: TSESTree.Node): TSESTree.Node | undefined {
  const variable = names.variable(node);
  const [definition] = variable?.defs ?? [];
  return definition && isFunction(definition.node) ? definition.name : undefined;
}
