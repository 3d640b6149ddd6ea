import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { codePathOf } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { namesOf } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import type { SourceFile } from "../source/source-file.ts";
import { contains, isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { callsOf, functionOf } from "../uses/functions.ts";
import { ownerOf, placesIn, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { abortTimers } from "./abort-timer.ts";
import { arrivalOf, passesResponse, usesAfter } from "./arrival.ts";
import type { Arrival } from "./arrival.ts";
import { callIndex } from "./call-index.ts";
import { chainOf, rootOf } from "../uses/chain.ts";
import type { Link } from "../uses/chain.ts";
import { madeDeadlines, startedDeadlines } from "./deadline-maker.ts";
import { fetchesWith } from "./fetch-call.ts";
import type { FetchCall } from "./fetch-call.ts";
import { requestsOfCallbacks } from "./lent-signal.ts";
import { racedDeadlines } from "./raced-deadlines.ts";
import { mentionsOf, readsBody, usesOfPattern } from "./response.ts";
import type { ResponseUse } from "./response.ts";

/** A deadline that ends when the headers of a response have come. */
export interface HeadersOnlyDeadline {
  /** Where it ends: `clearTimeout(timer)`, the call of a function that does that, a race. */
  readonly node: TSESTree.Node;
  readonly fetch: TSESTree.CallExpression;
  /**
   * - `read`: the body is read after that;
   * - `unawaited`: the read has begun, and its promise is returned from the `try` whose `finally` ends the deadline;
   * - `handed`: whoever gets the response may read it;
   * - `early`: not even the headers are waited for.
   */
  readonly how: "early" | "handed" | "read" | "unawaited";
  /** Whether the deadline is a timer that the request races against, and ends with that race. */
  readonly raced: boolean;
  /** What reads the body. */
  readonly read: TSESTree.Node | undefined;
}

/** Finds abort timers that are cleared as soon as a `fetch` resolves, though the body is still to be read. */
export function findHeadersOnlyDeadlines(file: SourceFile): HeadersOnlyDeadline[] {
  const names = namesOf(file);
  const calls = findAll(file.ast, isCall);
  const own = abortTimers(names, calls);
  const all = [...own, ...madeDeadlines(names, calls, own), ...startedDeadlines(names, calls, own)];
  const found = new Map<TSESTree.Node, HeadersOnlyDeadline>();
  for (const { signal, clears } of all) {
    const timers = all.filter((other) => other.signal === signal).map(({ node }) => node);
    if (clears.length === 0) continue;
    for (const call of [...fetchesWith(names, calls, signal), ...requestsOfCallbacks(names, calls, signal)]) {
      for (const end of clears.flatMap((clear) => endsOf(names, calls, timers, clear))) {
        for (const finding of judge({ names, calls, call, timers }, end)) {
          if (!found.has(finding.node)) found.set(finding.node, finding);
        }
      }
    }
  }
  for (const { node, fetch, uses } of racedDeadlines(names, calls)) {
    const request = { names, calls, call: { node: fetch, known: true }, timers: [] };
    for (const one of finding(request, node, uses, ownerOf(node))) found.set(node, { ...one, raced: true });
  }
  return [...found.values()];
}

/** A request and the timers that may end it. */
interface Request {
  readonly names: Names;
  readonly calls: readonly TSESTree.CallExpression[];
  readonly call: FetchCall;
  readonly timers: readonly TSESTree.Node[];
}

/** Where a deadline ends: there, and where a function that does it is called, or is a link of a chain. */
function endsOf(
  names: Names,
  calls: readonly TSESTree.CallExpression[],
  timers: readonly TSESTree.Node[],
  clear: TSESTree.Node,
  depth = 0,
): TSESTree.Node[] {
  const inner = ownerOf(clear);
  // A function that sets the timer as well begins another deadline.
  if (!isFunction(inner) || depth > 2 || timers.some((timer) => ownerOf(timer) === inner)) return [clear];
  const isOutside = (node: TSESTree.Node): boolean => !contains(inner, node) && !contains(node, inner);
  const { running, lending } = callIndex(names, calls);
  const further = (running.get(inner) ?? []).filter(isOutside);
  // Who else is given it calls it at a time of his own.
  const linked = (lending.get(inner) ?? []).filter(({ parent }) => isOutside(parent) && rootOf(parent) !== parent);
  return [clear, ...further.flatMap((call) => endsOf(names, calls, timers, call, depth + 1)), ...linked];
}

function judge(request: Request, end: TSESTree.Node): HeadersOnlyDeadline[] {
  const { names, call } = request;
  const { links, whole } = chainOf(names, call.node);
  const index = indexOf(links, end);
  const owner = ownerOf(call.node);
  if (index < 0 && call.known && isLeftBehind(whole, end)) {
    return [{ node: end, fetch: call.node, how: "early", raced: false, read: undefined }];
  }
  // Of a link before which the body was read, only what that gave is left.
  const before = index < 0 ? links : links.slice(0, index);
  if (!owner || !before.every((one) => passesResponse(names, one))) return [];
  const link = links[index];
  if (link) return judgeLink(request, link, usesAfter(names, links.slice(index + 1), whole), end);
  const holder = meaningfulParent(whole);
  for (const mention of holder?.type === T.VariableDeclarator ? mentionsOf(names, holder.id) : []) {
    const beside = chainOf(names, mention);
    const other = beside.links[indexOf(beside.links, end)];
    if (other) return judgeLink(request, other, arrivalOf(names, owner, whole)?.uses ?? [], end);
  }
  const arrival = ownerOf(end) === owner ? arrivalOf(names, owner, whole) : undefined;
  return arrival ? judgeCode(request, arrival, end) : [];
}

function indexOf(links: readonly Link[], end: TSESTree.Node): number {
  return links.findIndex(({ call }) => call.arguments.some((argument) => contains(argument, end)));
}

/** Whether a promise is returned, not awaited, from a `try` whose `finally` ends its deadline. */
function isLeftBehind(promise: TSESTree.Node, end: TSESTree.Node): boolean {
  const statement = meaningfulParent(promise);
  if (statement?.type !== T.ReturnStatement || ownerOf(statement) !== ownerOf(end)) return false;
  for (let node = meaningfulParent(statement); node && !isFunction(node); node = meaningfulParent(node)) {
    if (node.type !== T.TryStatement || !node.finalizer || contains(node.finalizer, statement)) continue;
    if (contains(node.finalizer, end)) return true;
  }
  return false;
}

/** The deadline ends in a link of the promise's chain. */
function judgeLink(
  request: Request,
  { call: link, method }: Link,
  rest: readonly ResponseUse[],
  end: TSESTree.Node,
): HeadersOnlyDeadline[] {
  const { names, call } = request;
  if (method === "finally") return finding(request, end, rest, ownerOf(call.node));
  const [callback] = link.arguments;
  const body = method === "then" && callback ? functionOf(names, callback) : undefined;
  if (!body || ownerOf(end) !== body) return [];
  const uses = body.params[0] ? usesOfPattern(names, body.params[0]) : [];
  return judgeCode(request, { owner: body, steps: [codePathOf(body).enter], uses }, end);
}

/** The deadline ends in the code that has the response. */
function judgeCode(request: Request, { owner, steps, uses }: Arrival, end: TSESTree.Node): HeadersOnlyDeadline[] {
  const { names, timers } = request;
  const clearing = new Set(stepsAt(owner, end));
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
    if (completions(owner, use).some((step) => over.has(step)) || isGivenUp(use, end)) return false;
    // Begun or returned before, but not over when the deadline ends.
    const arrived = steps.some((step) => at.has(step)) || reaches(steps, (step) => at.has(step), pending);
    return arrived && reaches(at, (step) => clearing.has(step), pending);
  });
  return finding(request, end, after, owner);
}

/** Whether the deadline ends in the `catch` of the `try` in which something is read: what has failed reads no further. */
function isGivenUp(use: TSESTree.Node, end: TSESTree.Node): boolean {
  for (let node = end, parent = node.parent; parent && !isFunction(node); node = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.handler === node && contains(parent.block, use)) return true;
  }
  return false;
}

function finding(
  { names, calls, call }: Request,
  node: TSESTree.Node,
  uses: readonly ResponseUse[],
  owner: Owner | undefined,
): HeadersOnlyDeadline[] {
  const read = uses.find(({ how }) => how !== "leaves")?.node;
  if (uses.length === 0) return [];
  if (!call.known && !uses.some(({ node: use }) => isBodyRead(use))) return [];
  if (!read && isFunction(owner) && neverReads(names, calls, owner)) return [];
  const how = !read ? "handed" : isReadLeftBehind(names, read, node) ? "unawaited" : "read";
  return [{ node, fetch: call.node, how, raced: false, read }];
}

/** `try { return response.json(); } finally { clearTimeout(timer); }` */
function isReadLeftBehind(names: Names, read: TSESTree.Node, end: TSESTree.Node): boolean {
  const call = meaningfulParent(read);
  return call?.type === T.CallExpression && isLeftBehind(chainOf(names, call).whole, end);
}

function isBodyRead(node: TSESTree.Node): boolean {
  return node.type === T.MemberExpression && memberName(node) !== undefined && readsBody(unwrap(node.object));
}

/** Whether all who call the function look at the headers only. */
function neverReads(names: Names, calls: readonly TSESTree.CallExpression[], owner: FunctionNode): boolean {
  const ofMethod = isPrivateMethod(owner) ? callIndex(names, calls).running.get(owner) : undefined;
  const own = callsOf(names, owner) ?? ofMethod ?? [];
  if (own.length === 0) return false;
  return own.every((call) => {
    const { links, whole } = chainOf(names, call);
    return usesAfter(names, links, whole).length === 0;
  });
}

function isPrivateMethod({ parent }: FunctionNode): boolean {
  if (parent.type !== T.MethodDefinition) return false;
  return parent.key.type === T.PrivateIdentifier || parent.accessibility === "private";
}

/** The steps at which a read that is awaited on the spot is over. */
function completions(owner: Owner, use: TSESTree.Node): readonly Step[] {
  for (let node: TSESTree.Node | undefined = use; node && node !== owner; node = node.parent) {
    if (node.type === T.AwaitExpression) return stepsAt(owner, node);
    if (node.type === T.ForOfStatement) return codePathOf(owner).steps.filter((step) => step.node === node);
  }
  return [];
}
