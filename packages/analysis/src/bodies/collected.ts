import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { contains, isCall, loopAround, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { standingsOf } from "../uses/standing.ts";
import { numberOf, valueOf } from "./options.ts";
import { givenBy, promised } from "./promises.ts";
import type { Request } from "./requests.ts";

/** Responses that are gathered before the body of any is read, where there are fewer connections than requests. */
export interface CollectedBodies {
  readonly request: Request;
  readonly connections: number | "some";
  /** The wait that lasts: for all of them, or for one more in a loop. */
  readonly wait: TSESTree.Node;
  /** The list that keeps the unread ones, in a loop. */
  readonly list: TSESTree.Node | undefined;
}

/** Lists of responses for which there are not enough connections. */
export function findCollectedBodies(resources: Resources): CollectedBodies[] {
  return findAll(resources.file.ast, isCall).flatMap((call) => {
    const found = mapped(resources, call) ?? pushed(resources, call);
    return found ? [found] : [];
  });
}

/** `await Promise.all(urls.map((url) => pool.request(…)))`. */
function mapped(resources: Resources, call: TSESTree.CallExpression): CollectedBodies | undefined {
  const { names } = resources;
  const gathered = mapOf(names, call);
  const callback = gathered && functionOf(names, gathered.callback);
  if (!callback || callback.generator) return undefined;
  const request = givenBy(resources, callback, 0);
  const { connections } = request ?? {};
  if (!request || connections === undefined || isFew(names, gathered.list, connections)) return undefined;
  const standing = standingsOf(names, call).find(({ how }) => how !== "listens");
  return standing && { request, connections, wait: standing.node, list: undefined };
}

interface Mapping {
  readonly list: TSESTree.Node;
  readonly callback: TSESTree.Node;
}

function mapOf(names: Names, call: TSESTree.CallExpression): Mapping | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression) return undefined;
  const [first, second] = call.arguments;
  if (memberName(callee) === "map" && first) return { list: callee.object, callback: first };
  return names.origin(callee)?.path.join(".") === "Array.from" && first && second
    ? { list: first, callback: second }
    : undefined;
}

const CUTS: ReadonlySet<string | undefined> = new Set(["slice", "splice"]);

/** Whether a list is known to have no more items than there are connections, or is cut to size. */
function isFew(names: Names, list: TSESTree.Node, connections: number | "some"): boolean {
  const value = valueOf(names, list);
  if (value.type === T.ArrayExpression) {
    if (value.elements.some((element) => element?.type === T.SpreadElement)) return false;
    return connections === "some" || value.elements.length <= connections;
  }
  if (value.type === T.ObjectExpression) {
    // `Array.from({ length: 3 }, …)`
    const length = value.properties.find((part) => part.type === T.Property && part.key.type === T.Identifier);
    const count = length?.type === T.Property ? numberOf(names, length.value) : undefined;
    return count !== undefined && (connections === "some" || count <= connections);
  }
  if (value.type === T.CallExpression) {
    return CUTS.has(memberName(unwrap(value.callee)));
  }
  const variable = names.variable(value);
  const declaration = variable?.defs[0]?.node.parent;
  // One batch of many.
  return declaration?.parent?.type === T.ForOfStatement && declaration.parent.left === declaration;
}

/** `for (const url of urls) responses.push(await pool.request(…))`. */
function pushed(resources: Resources, call: TSESTree.CallExpression): CollectedBodies | undefined {
  const { names } = resources;
  const callee = unwrap(call.callee);
  const [given] = call.arguments;
  if (callee.type !== T.MemberExpression || memberName(callee) !== "push" || !given) return undefined;
  const awaited = awaitOf(names, given);
  const request = awaited && promised(resources, awaited, 0, true);
  const { connections } = request ?? {};
  const loop = awaited && loopAround(awaited);
  if (!request || connections === undefined || !loop || loopAround(call) !== loop) return undefined;
  const list = unwrap(callee.object);
  const variable = names.variable(list);
  const declared = variable?.defs[0]?.name as TSESTree.Node | undefined;
  if (!declared || contains(loop, declared) || isShort(names, loop, connections)) return undefined;
  const reads = variable?.references.filter(({ identifier }) => identifier !== list && !contains(loop, identifier));
  const isReadLater = reads?.some((one) => one.isRead() && one.identifier.range[0] > loop.range[1]) === true;
  return isReadLater ? { request, connections, wait: awaited, list } : undefined;
}

const FACTS: ReadonlySet<string | undefined> = new Set(["statusCode", "status", "ok", "headers"]);

/** The `await` that gave what is pushed: in its place, or as the value of a name that is used for nothing else. */
function awaitOf(names: Names, given: TSESTree.Node): TSESTree.AwaitExpression | undefined {
  const value = unwrap(given);
  if (value.type === T.AwaitExpression) return value;
  const variable = names.variable(value);
  const made = names.held(value);
  const others = variable?.references.filter((one) => one.isRead() && one.identifier !== value) ?? [];
  const areFacts = others.every(({ identifier }) => {
    const member = meaningfulParent(identifier);
    return member !== undefined && FACTS.has(memberName(member));
  });
  return made?.type === T.AwaitExpression && areFacts ? made : undefined;
}

/** Whether a loop has no more turns than there are connections. */
function isShort(names: Names, loop: LoopNode, connections: number | "some"): boolean {
  if (loop.type === T.ForOfStatement) return isFew(names, loop.right, connections);
  if (loop.type !== T.ForStatement || loop.test?.type !== T.BinaryExpression) return false;
  const end = numberOf(names, loop.test.right);
  return end !== undefined && (connections === "some" || end <= connections);
}
