import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { contains } from "../source/syntax.ts";
import { mentions } from "./mentions.ts";
import type { Subscription, Trigger } from "./missed-event.ts";
import { isPassive } from "./starts.ts";

/** From here on somebody hears the event, or the name stands for something else. */
export function renews(
  resources: Resources,
  node: TSESTree.Node,
  { key, event, node: wait }: Subscription,
  trigger: Trigger,
): boolean {
  const { names } = resources;
  switch (node.type) {
    case T.AssignmentExpression: {
      const assigned = names.key(node.left);
      if (assigned !== undefined && (key === assigned || key.startsWith(`${assigned}.`)))
        return !contains(node, trigger.at);
      return hears(resources, node, key, event);
    }
    case T.VariableDeclarator: {
      const isAlias = node.init !== null && names.key(node.init) === key;
      return names.key(node.id) === key && !isAlias && !contains(node, trigger.at);
    }
    case T.CallExpression:
    case T.NewExpression:
      return node !== wait && !contains(node, wait) && hears(resources, node, key, event);
    default:
      return false;
  }
}

function hears(resources: Resources, node: TSESTree.Node, key: string, event: string): boolean {
  const listening = listeningOf(resources, node);
  if (listening && resources.names.key(listening.target) === key) return (listening.event ?? event) === event;
  const wait = eventWaitOf(resources, node);
  return wait?.events.some((one) => resources.names.key(one.target) === key && (one.event ?? event) === event) ?? false;
}

/** Whoever uses the thing may have it end just now, and listens for that. */
export function uses(resources: Resources, node: TSESTree.Node, { key, node: wait }: Subscription): boolean {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return false;
  if (node === wait || contains(node, wait) || isPassive(node)) return false;
  return !listeningOf(resources, node) && !eventWaitOf(resources, node) && mentions(resources, node, key);
}
