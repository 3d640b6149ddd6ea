import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { contains, isCall, isFunction, meaningfulParent, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { calledFunction } from "../uses/functions.ts";
import { ownerOf, placesIn, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { usesOf } from "../uses/uses.ts";
import type { Use, Uses } from "../uses/uses.ts";
import { messageArrivals, arrivalsOf, streamArrivals } from "./arrivals.ts";
import type { Arrival } from "./arrivals.ts";
import { endingsIn, isAttended } from "./attention.ts";
import { CHAINED } from "./client.ts";
import { optionIn } from "./options.ts";
import { partingOf } from "./parting.ts";
import { leaksOf } from "./paths.ts";
import type { Leak } from "./paths.ts";
import { requestOf } from "./requests.ts";
import type { Request } from "./requests.ts";
import { endsProcess, onlyFails } from "./surroundings.ts";
import { promisesIn } from "./promises.ts";

/** A response whose body nobody reads, gives up or hands on, on some path. */
export interface LeftBody {
  readonly request: Request;
  /** The expression that is the response in that function, or the promise of it. */
  readonly promise: TSESTree.Node;
  /** Where a path leaves it; undefined where all do. */
  readonly parting: TSESTree.Node | undefined;
  readonly end: Leak["end"] | "next";
  /** What has the response in the function that leaves it: a name, or a pattern. */
  readonly holder: TSESTree.Node | undefined;
  /** The function that leaves it. */
  readonly owner: Owner;
}

/** Bodies of responses that are left on some path. */
export function findLeftBodies(resources: Resources): LeftBody[] {
  const found: LeftBody[] = [];
  for (const arrival of allArrivals(resources)) found.push(...leftAt(resources, arrival));
  return found;
}

function allArrivals(resources: Resources): Arrival[] {
  const { names } = resources;
  const arrivals: Arrival[] = [];
  for (const call of findAll(resources.file.ast, isCall)) {
    const request = requestOf(resources, call);
    if (!request) continue;
    switch (request.client.name) {
      case "http":
        arrivals.push(...messageArrivals(resources, request));
        break;
      case "got":
        arrivals.push(...streamArrivals(resources, request));
        break;
      default:
        arrivals.push(...arrivalsOf(names, request, call));
    }
  }
  for (const { request, node } of promisesIn(resources)) arrivals.push(...arrivalsOf(names, request, node));
  return arrivals;
}

interface Frame {
  readonly owner: Owner;
  readonly starts: readonly Step[];
  readonly calls: readonly TSESTree.CallExpression[];
}

interface Response {
  readonly resources: Resources;
  readonly request: Request;
  readonly all: Uses;
  readonly attended: readonly Use[];
  readonly bodies: ReadonlySet<string | undefined>;
}

function leftAt(resources: Resources, arrival: Arrival): LeftBody[] {
  const { request, promise, owner, starts, root } = arrival;
  if (isFunction(owner) && starts[0]?.kind === "enter" && onlyFails(resources.names, owner)) return [];
  const response = responseOf(resources, arrival);
  const outside = response.attended.some(
    ({ calls, node }) => placesIn(resources.names, owner, calls[0] ?? node).length === 0,
  );
  if (outside) return [];
  const others = new Set(nextRequests(resources, arrival));
  const again = [...starts, ...others, ...overwritings(response, arrival)];
  const leaks = leaksIn(response, { owner, starts, calls: [] }, again);
  const next = leaks.find((leak) => {
    const last = leak.end === "again" ? leak.steps.at(-1) : undefined;
    return last !== undefined && others.has(last);
  });
  if (next) {
    const parting = next.steps.at(-1)?.node;
    return [{ request, promise, parting, end: "next", holder: root && holderOf(root), owner }];
  }
  const isRead = response.attended.length > 0;
  const left = leaks.filter(({ end }) => !(end === "throws" && endsProcess(resources, owner)));
  if (!isRead) {
    const [first] = left;
    const holder = root && holderOf(root);
    return first ? [{ request, promise, parting: undefined, end: first.end, holder, owner }] : [];
  }
  return left.map((leak) => ({ request, promise, ...placed(response, leak, owner, root) }));
}

/** Other requests that need the only connection, in the function to which a response comes. */
function nextRequests(resources: Resources, { request, owner, starts }: Arrival): Step[] {
  if (request.connections !== 1) return [];
  const { names } = resources;
  const key = connectionKey(names, request.node);
  if (key === undefined) return [];
  const isOther = (call: TSESTree.CallExpression, depth = 0): boolean => {
    if (call === request.node) return false;
    if (requestOf(resources, call)) return connectionKey(names, call) === key;
    const helper = depth < MAX_DEPTH ? calledFunction(names, call) : undefined;
    if (!helper || helper === owner) return false;
    return findAll(helper.body, isCall).some((inner) => ownerOf(inner) === helper && isOther(inner, depth + 1));
  };
  const calls = findAll(owner, isCall).filter((call) => ownerOf(call) === owner && isOther(call));
  const others = new Set(calls.flatMap((call) => [...stepsAt(owner, call)]));
  // With each turn another client.
  const renewals = new Set(renewalsOf(names, request.node).flatMap((node) => [...stepsAt(owner, node)]));
  return [...others].filter((step) => reaches(starts, (one) => one === step, { through: (one) => !renewals.has(one) }));
}

/** Where the name of a response is given to something else: `response = await request(location)`. */
function overwritings({ all }: Response, { owner, root }: Arrival): Step[] {
  return [...all.variables].flatMap(({ references }) =>
    references.flatMap((reference) => {
      const assignment: TSESTree.Node = reference.identifier.parent;
      const isOther = reference.isWrite() && !(root && contains(assignment, root));
      // `body = response.body` hands it on.
      if (isOther && [...all.variables].some((one) => isMentioned(one, reference.writeExpr))) return [];
      if (!isOther || assignment.type !== T.AssignmentExpression || ownerOf(assignment) !== owner) return [];
      return [...stepsAt(owner, assignment)];
    }),
  );
}

function isMentioned({ references }: Scope.Variable, within: TSESTree.Node | null | undefined): boolean {
  return references.some(({ identifier }) => within && contains(within, identifier));
}

/** The agent or the client through which a request goes. */
function connectionOf(names: Names, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const agent = optionIn(names, call, "dispatcher") ?? optionIn(names, call, "agent");
  const callee = unwrap(call.callee);
  return agent ?? (callee.type === T.MemberExpression ? callee.object : undefined);
}

function connectionKey(names: Names, call: TSESTree.CallExpression): string | undefined {
  const connection = connectionOf(names, call);
  return connection && names.key(connection);
}

/** Where the name of the client of a request is given one. */
function renewalsOf(names: Names, call: TSESTree.CallExpression): TSESTree.Node[] {
  const connection = connectionOf(names, call);
  const variable = connection && names.variable(connection);
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const parent = identifier.parent;
    const isGiven = parent.type === T.VariableDeclarator ? parent.id === identifier : isAssigned(parent, identifier);
    return isGiven ? [parent] : [];
  });
}

function isAssigned(parent: TSESTree.Node, name: TSESTree.Node): boolean {
  return parent.type === T.AssignmentExpression && parent.left === name;
}

function placed(
  response: Response,
  leak: Leak,
  owner: Owner,
  root: TSESTree.Node | undefined,
): Omit<LeftBody, "promise" | "request"> {
  if (leak.within) {
    const helper = leak.within.steps[0]?.node as Owner;
    return placed(response, leak.within, helper, parameterIn(response, helper));
  }
  return { parting: partingOf(leak), end: leak.end, holder: root && holderOf(root), owner };
}

function parameterIn({ all }: Response, owner: Owner): TSESTree.Node | undefined {
  for (const variable of all.variables) {
    const name = variable.defs[0]?.name as TSESTree.Node | undefined;
    if (name && ownerOf(name) === owner) return name;
  }
  return undefined;
}

/** The name or the pattern that an expression is given to. */
function holderOf(root: TSESTree.Node): TSESTree.Node | undefined {
  if (root.type === T.Identifier || root.type === T.ObjectPattern) return root;
  const { parent } = root;
  if (parent?.type === T.VariableDeclarator) return parent.id;
  return parent?.type === T.AssignmentExpression ? parent.left : undefined;
}

function responseOf(resources: Resources, { request, root, owner, starts }: Arrival): Response {
  const { names } = resources;
  const { client } = request;
  const parts = new Set(client.body === undefined ? [] : [client.body]);
  const none: Uses = { uses: [], variables: new Set(), results: [] };
  const all = root ? usesOf(names, root, { parts, chained: CHAINED, returned: true }) : none;
  const isListener = client.name === "http" && starts[0]?.kind === "enter";
  const attended = all.uses.filter(
    (use) => isAttended(resources, use, client) && !(isListener && isResult(use.node, owner)),
  );
  return { resources, request, all, attended, bodies: bodiesOf(resources, all.variables, client.body) };
}

/**
 * The whole in which something happens: `Body?.transformToString()`, since where that is cut short there is nothing to
 * read, and `this.last = await request(url)`, whose left side is looked at before its right.
 */
function wholeOf(node: TSESTree.Node): TSESTree.Node {
  let place = node;
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (parent.type === T.ChainExpression) place = parent;
    if (parent.type === T.AssignmentExpression && parent.left === node) place = parent;
    if (parent.type.endsWith("Statement")) break;
  }
  return place;
}

/** Whether a node is what a function returns: of a listener that is nothing to anybody. */
function isResult(node: TSESTree.Node, owner: Owner): boolean {
  const parent = meaningfulParent(node);
  return parent === owner || (parent?.type === T.ReturnStatement && ownerOf(parent) === owner);
}

function bodiesOf({ names }: Resources, variables: ReadonlySet<Scope.Variable>, body: string | undefined): Set<string> {
  const keys = new Set<string>();
  for (const { defs } of variables) {
    const key = defs[0] && names.key(defs[0].name);
    if (key === undefined) continue;
    keys.add(key);
    if (body !== undefined) keys.add(`${key}.${body}`);
  }
  return keys;
}

// Helpers of helpers.
const MAX_DEPTH = 3;

function leaksIn(response: Response, { owner, starts, calls }: Frame, again: readonly Step[]): Leak[] {
  const { resources, all, attended, bodies } = response;
  const { names } = resources;
  const depth = calls.length;
  const isHere = (use: Use): boolean => calls.every((call, index) => use.calls[index] === call);
  const stops = new Set<Step>();
  for (const use of attended.filter(isHere)) {
    const call = use.calls[depth];
    if (call && calledFunction(names, call) && ownerOf(call) === owner && depth < MAX_DEPTH) continue;
    for (const place of placesIn(names, owner, call ?? use.node)) {
      const steps = stepsAt(owner, wholeOf(place));
      // Only a plain name that an arrow gives back has none.
      for (const step of steps.length > 0 ? steps : starts) stops.add(step);
    }
  }
  for (const ending of endingsIn(resources, owner)) {
    for (const place of placesIn(names, owner, ending)) for (const step of stepsAt(owner, place)) stops.add(step);
  }
  const helpers = new Map<Step, readonly Leak[]>();
  const given = new Set(all.uses.filter(isHere).flatMap((use) => use.calls[depth] ?? []));
  for (const call of given) {
    const helper = calledFunction(names, call);
    if (!helper || ownerOf(call) !== owner || depth >= MAX_DEPTH) continue;
    const frame: Frame = { owner: helper, starts: [codePathOf(helper).enter], calls: [...calls, call] };
    const leaks = leaksIn(response, frame, []);
    for (const step of stepsAt(owner, call)) helpers.set(step, leaks);
  }
  return leaksOf({ names, starts, stops, helpers, again: new Set(again), bodies });
}
