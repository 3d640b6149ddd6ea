import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { codePathOf } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { namesOf } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import type { SourceFile } from "../source/source-file.ts";
import { isAwaited, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { callsOf, functionOf } from "../uses/functions.ts";
import { ownerOf, placesIn, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { abortTimers } from "./abort-timer.ts";
import { chainOf, fetchesWith } from "./fetch-call.ts";
import type { FetchCall, Link } from "./fetch-call.ts";
import { readsBody, useAt, usesOfPattern } from "./response.ts";
import type { ResponseUse } from "./response.ts";

/** A deadline that ends when the headers of a response have come. */
export interface HeadersOnlyDeadline {
  /** Where it ends: `clearTimeout(timer)`, or the call of a function that does that. */
  readonly node: TSESTree.Node;
  readonly fetch: TSESTree.CallExpression;
  /** What reads the body after that; undefined where whoever called may. */
  readonly read: TSESTree.Node | undefined;
}

/** Finds abort timers that are cleared as soon as a `fetch` resolves, though the body is still to be read. */
export function findHeadersOnlyDeadlines(file: SourceFile): HeadersOnlyDeadline[] {
  const names = namesOf(file);
  const found = new Map<TSESTree.Node, HeadersOnlyDeadline>();
  const all = abortTimers(names, file.ast);
  for (const { controller, clears } of all) {
    const timers = all.filter((other) => other.controller === controller).map(({ node }) => node);
    for (const call of clears.length > 0 ? fetchesWith(names, file.ast, controller) : []) {
      for (const clear of clears) {
        for (const finding of judge(names, call, clear, timers)) {
          if (!found.has(finding.node)) found.set(finding.node, finding);
        }
      }
    }
  }
  return [...found.values()];
}

/** The value that a piece of code has once the headers have come, and what it does with it. */
interface Arrival {
  readonly owner: Owner;
  /** The steps after which the headers are there. */
  readonly steps: readonly Step[];
  readonly uses: readonly ResponseUse[];
}

function judge(
  names: Names,
  call: FetchCall,
  clear: TSESTree.CallExpression,
  timers: readonly TSESTree.Node[],
): HeadersOnlyDeadline[] {
  const { links, whole } = chainOf(call.node);
  const index = links.findIndex(({ call: link }) => link.arguments.some((argument) => contains(argument, clear)));
  const link = links[index];
  // Of a link before which the body was read, only what that gave is left.
  const before = index < 0 ? links : links.slice(0, index);
  if (!before.every((one) => passesResponse(names, one))) return [];
  if (link) {
    const rest = restOf(names, links.slice(index + 1), whole);
    if (link.method === "finally") return finding(names, call, clear, rest, ownerOf(call.node));
    const [callback] = link.call.arguments;
    const body = link.method === "then" && callback ? functionOf(names, callback) : undefined;
    if (!body || ownerOf(clear) !== body) return [];
    const uses = body.params[0] ? usesOfPattern(names, body.params[0]) : [];
    return ends(names, call, { owner: body, steps: [codePathOf(body).enter], uses }, clear, timers);
  }
  const owner = ownerOf(call.node);
  if (!owner) return [];
  const arrival = arrivalOf(names, owner, whole);
  return arrival ? clearsIn(names, owner, clear).flatMap((place) => ends(names, call, arrival, place, timers)) : [];
}

/** Where the deadline ends in the code of an owner: there, or where it calls a function that does it. */
function clearsIn(names: Names, owner: Owner, clear: TSESTree.Node): TSESTree.Node[] {
  const inner = ownerOf(clear);
  if (inner === owner) return [clear];
  if (!isFunction(inner)) return [];
  return (callsOf(names, inner) ?? []).filter((call) => ownerOf(call) === owner);
}

/** Where the headers have come, in the function that asked for them. */
function arrivalOf(names: Names, owner: Owner, promise: TSESTree.Node): Arrival | undefined {
  const parent = meaningfulParent(promise);
  switch (parent?.type) {
    case T.AwaitExpression:
      return { owner, steps: stepsAt(owner, parent), uses: resultUses(names, parent) };
    case T.ReturnStatement:
      // Not awaited, it is cleared even earlier.
      return { owner, steps: stepsAt(owner, promise), uses: [{ node: parent, how: "leaves" }] };
    case T.VariableDeclarator: {
      const variable = parent.id.type === T.Identifier ? names.variable(parent.id) : undefined;
      const awaits = (variable?.references ?? []).flatMap(({ identifier }) => {
        const node = identifier as TSESTree.Node;
        const outer = isAwaited(node) ? meaningfulParent(node) : undefined;
        return outer && ownerOf(outer) === owner ? [outer] : [];
      });
      const [only] = awaits;
      if (!only || awaits.length > 1) return undefined;
      return { owner, steps: stepsAt(owner, only), uses: resultUses(names, only) };
    }
    default:
      return undefined;
  }
}

/** What is done with the value of an expression that is a response. */
function resultUses(names: Names, node: TSESTree.Node): ResponseUse[] {
  const parent = meaningfulParent(node);
  if (parent?.type === T.VariableDeclarator) return usesOfPattern(names, parent.id);
  if (parent?.type === T.AssignmentExpression) return parent.operator === "=" ? usesOfPattern(names, parent.left) : [];
  const use = useAt(names, node);
  return use ? [use] : [];
}

/** What is done with the response after some links of a chain. */
function restOf(names: Names, links: readonly Link[], whole: TSESTree.Node): ResponseUse[] {
  for (const { call, method } of links) {
    const [callback] = call.arguments;
    const body = method === "then" && callback ? functionOf(names, callback) : undefined;
    if (body) return body.params[0] ? usesOfPattern(names, body.params[0]) : [];
    if (method === "then") return [];
  }
  const parent = meaningfulParent(whole);
  if (parent?.type === T.AwaitExpression) return resultUses(names, parent);
  const use = useAt(names, whole);
  return use ? [use] : [];
}

/** Whether a link hands on the response itself. */
function passesResponse(names: Names, { call, method }: Link): boolean {
  if (method !== "then") return true;
  const [callback] = call.arguments;
  const [parameter] = (callback ? functionOf(names, callback)?.params : undefined) ?? [];
  return parameter !== undefined && usesOfPattern(names, parameter).every(({ how }) => how === "leaves");
}

function ends(
  names: Names,
  call: FetchCall,
  { owner, steps, uses }: Arrival,
  clear: TSESTree.Node,
  timers: readonly TSESTree.Node[],
): HeadersOnlyDeadline[] {
  const clearing = new Set(stepsAt(owner, clear));
  const over = new Set(uses.filter(({ how }) => how === "read").flatMap(({ node: use }) => completions(owner, use)));
  const pending = { through: (step: Step): boolean => !over.has(step) };
  if (!reaches(steps, (step) => clearing.has(step), pending)) return [];
  // Another turn of a loop has another response, and a timer that is set again is another deadline.
  const set = timers.flatMap((timer) => placesIn(names, owner, timer)).flatMap((place) => [...stepsAt(owner, place)]);
  const again = new Set([...steps, ...set]);
  const after = uses.filter(({ node: use }) => {
    const at = new Set(placesIn(names, owner, use).flatMap((place) => [...stepsAt(owner, place)]));
    if (reaches(clearing, (step) => at.has(step) && !again.has(step), { through: (step) => !again.has(step) }))
      return true;
    if (completions(owner, use).some((step) => over.has(step))) return false;
    // Begun or returned before, but not over when the deadline ends.
    const arrived = steps.some((step) => at.has(step)) || reaches(steps, (step) => at.has(step), pending);
    return arrived && reaches(at, (step) => clearing.has(step), pending);
  });
  return finding(names, call, clear, after, owner);
}

function finding(
  names: Names,
  call: FetchCall,
  node: TSESTree.Node,
  uses: readonly ResponseUse[],
  owner: Owner | undefined,
): HeadersOnlyDeadline[] {
  const reads = uses.find(({ how }) => how !== "leaves");
  if (uses.length === 0) return [];
  if (!call.known && !uses.some(({ node: use }) => isBodyRead(use))) return [];
  if (!reads && isFunction(owner) && neverReads(names, owner)) return [];
  return [{ node, fetch: call.node, read: reads?.node }];
}

function isBodyRead(node: TSESTree.Node): boolean {
  return node.type === T.MemberExpression && memberName(node) !== undefined && readsBody(unwrap(node.object));
}

/** Whether all who call the function look at the headers only. */
function neverReads(names: Names, owner: Owner): boolean {
  const calls = isFunction(owner) ? callsOf(names, owner) : undefined;
  if (!calls || calls.length === 0) return false;
  return calls.every((call) => {
    const parent = meaningfulParent(call);
    return parent?.type === T.AwaitExpression && resultUses(names, parent).length === 0;
  });
}

/** The steps at which a read that is awaited on the spot is over. */
function completions(owner: Owner, use: TSESTree.Node): readonly Step[] {
  for (let node: TSESTree.Node | undefined = use; node && node !== owner; node = node.parent) {
    if (node.type === T.AwaitExpression) return stepsAt(owner, node);
    if (node.type === T.ForOfStatement) return codePathOf(owner).steps.filter((step) => step.node === node);
  }
  return [];
}

function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
