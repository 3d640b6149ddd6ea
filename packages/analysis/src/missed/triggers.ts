import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, meaningfulParent, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { callsIn, emissionOf, emitsIn } from "./emissions.ts";
import { isRecurring } from "./endings.ts";
import type { Subscription, Trigger } from "./missed-event.ts";
import { orderedBy } from "./order.ts";
import { startOf } from "./starts.ts";

const ORDER = { happened: 0, together: 1, started: 2 } as const;

/** From where on the event of a wait may happen, in the function that waits; the surest and nearest first. */
export function triggersOf(
  resources: Resources,
  subscription: Subscription,
  owner: FunctionNode | TSESTree.Program,
): Trigger[] {
  const { node, key, event, target } = subscription;
  const found = departuresOf(resources, subscription, owner);
  const emitted: Trigger[] = [];
  // Whose events they are is a question of types, which are dear: only where it decides.
  const emits = mayBeLocal(resources, subscription) && !recurs(resources, event);
  for (const call of callsIn(owner)) {
    if (call === node) continue;
    const start = isRecurring(event) ? undefined : startOf(resources, call, subscription);
    if (start) found.push(start);
    const emission = emits && listeningOf(resources, call) === undefined && emissionOf(resources, call, key, event);
    if (!emission) continue;
    const how = emission.when === "now" ? "happened" : "started";
    emitted.push({ at: call, how, cause: call, delay: emission.delay });
  }
  if (emitted.length > 0 && isLocal(resources, subscription)) found.push(...emitted);
  const ordered = pausesIn(owner).flatMap((pause) => orderedBy(resources, pause, subscription) ?? []);
  if (
    ordered.length > 0 &&
    (!isRecurring(event) || resources.of(target) === undefined || (emits && isLocal(resources, subscription)))
  ) {
    found.push(...ordered);
  }
  return found.sort((one, other) => ORDER[one.how] - ORDER[other.how] || other.at.range[0] - one.at.range[0]);
}

// What a handler is given of an exchange with somebody who may leave at any time.
const EXCHANGES = ["http.IncomingMessage", "http.OutgoingMessage", "http2.Http2ServerResponse", "net.Socket"];

/** The other side of what a handler was given may leave from the beginning of the handler on. */
function departuresOf(
  resources: Resources,
  { target, event }: Subscription,
  owner: FunctionNode | TSESTree.Program,
): Trigger[] {
  const variable = event === "close" ? resources.names.variable(unwrap(target)) : undefined;
  const [parameter] = variable?.defs ?? [];
  if (!parameter || (parameter.node as TSESTree.Node) !== owner) return [];
  const name = resources.of(target);
  const isExchange = EXCHANGES.some((one) => resources.is(name, one));
  return isExchange ? [{ at: owner, how: "started", cause: parameter.name }] : [];
}

function pausesIn(owner: TSESTree.Node): (TSESTree.AwaitExpression | TSESTree.ForOfStatement)[] {
  return findAll(owner, isPause).filter((node) => enclosingFunction(node) === owner);
}

function isPause(node: TSESTree.Node): node is TSESTree.AwaitExpression | TSESTree.ForOfStatement {
  return node.type === T.AwaitExpression || (node.type === T.ForOfStatement && node.await);
}

/** As far as the syntax tells: made in this file, or the signal of a controller. */
function mayBeLocal(resources: Resources, { target, event }: Subscription): boolean {
  return event === "abort" || target.type === T.ThisExpression || madeVariable(resources, target) !== undefined;
}

function madeVariable(resources: Resources, target: TSESTree.Node): Scope.Variable | undefined {
  const expression = unwrap(target);
  const variable = resources.names.variable(expression);
  return resources.maker(target)?.type === T.NewExpression ? variable : undefined;
}

/** Made in this file and given to nobody who could have it emit again, or the signal of a controller. */
function isLocal(resources: Resources, { key, target, event }: Subscription): boolean {
  const name = resources.of(target);
  if (event === "abort" && resources.is(name, "global.AbortSignal")) return true;
  if (target.type === T.ThisExpression) return true;
  if (!resources.is(name, "events.EventEmitter") && !resources.is(name, "global.EventTarget")) return false;
  const variable = madeVariable(resources, target);
  if (!variable) return false;
  return variable.references.every((use) => {
    const parent = meaningfulParent(use.identifier);
    if (parent?.type !== T.CallExpression && parent?.type !== T.NewExpression) return true;
    if (listeningOf(resources, parent)) return true;
    const origin = resources.names.origin(parent.callee);
    return origin === undefined || resources.names.key(use.identifier) !== key;
  });
}

/** Emitted from a listener or an interval: then it may come again. */
function recurs(resources: Resources, event: string): boolean {
  return emitsIn(resources.file.ast).some((emit) => {
    if (emit.event !== event || emit.aborts) return false;
    for (let inner: TSESTree.Node | undefined = emit.call; inner; inner = enclosingFunction(inner)) {
      const call = isFunction(inner) ? meaningfulParent(inner) : undefined;
      if (call?.type !== T.CallExpression) continue;
      const origin = resources.names.origin(call.callee);
      if (listeningOf(resources, call) || origin?.path.at(-1) === "setInterval") return true;
    }
    return false;
  });
}
