import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { racerOf } from "../leases/racer.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { assignmentsTo, membersNamed, stateKey } from "../source/occurrences.ts";
import { isRace } from "../source/promise.ts";
import {
  contains,
  enclosingFunction,
  isAwait,
  isCall,
  isFunction,
  loopAround,
  memberName,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { rootOf } from "../uses/chain.ts";
import { guardsOf } from "../wakes/guard.ts";
import { sectionOf } from "./section.ts";
import { repeatedRunOf } from "./timers.ts";
import type { RepeatedRun } from "./timers.ts";

/** A timer whose runs may overlap: each tick begins another one, whether or not the one before has ended. */
export interface OverlappingRun extends Pick<RepeatedRun, "guard" | "node"> {
  /** `queued`: it waits behind the others; `endless`: nothing bounds how long it waits. */
  readonly kind: "endless" | "queued";
  readonly wait: TSESTree.Node;
}

// Helpers that call helpers.
const MAX_CALLS = 3;

export interface OverlapOptions {
  /** Also find runs that only may take longer than the time between two of them. */
  readonly strict: boolean;
}

export function findOverlappingRuns(resources: Resources, { strict }: OverlapOptions): OverlappingRun[] {
  const found: OverlappingRun[] = [];
  walk(resources.file.ast, (node) => {
    const run = repeatedRunOf(resources.names, node);
    if (!run) return;
    const queued = waitIn(resources, run.callback, (one) => sectionOf(resources, one)?.node, []);
    const wait = queued ?? (strict && run.often && run.callback.async ? endlessIn(resources, run.callback) : undefined);
    if (wait) found.push({ node: run.node, guard: run.guard, kind: queued ? "queued" : "endless", wait });
  });
  return found;
}

type Find = (node: TSESTree.Node) => TSESTree.Node | undefined;
type IsGuarded = (resources: Resources, node: TSESTree.Node, runs: readonly FunctionNode[]) => boolean;

/** The first wait of a run that no test of a run that still goes on comes before; helpers of this file included. */
function waitIn(
  resources: Resources,
  run: FunctionNode,
  find: Find,
  callers: readonly FunctionNode[],
  isKept: IsGuarded = isGuarded,
): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  let isStopped = false;
  const runs = [...callers, run];
  walk(run.body, (node) => {
    if (found || isStopped || (isFunction(node) && !isCalled(node))) return false;
    const wait = find(node);
    const called = !wait && node.type === T.CallExpression ? memberFunctionOf(resources.names, node.callee) : undefined;
    const inner =
      called && !runs.includes(called) && callers.length < MAX_CALLS
        ? waitIn(resources, called, find, runs, isKept)
        : undefined;
    const place = wait ?? inner;
    if (place && !isKept(resources, node, runs) && !isRaced(resources, node)) {
      // What appends to a chain is not what waits.
      found = place.type === T.AssignmentExpression ? node : place;
    }
    const calls = called ? findAll(called.body, isCall).filter((one) => enclosingFunction(one) === called) : [];
    if ([node, ...calls].some((one) => isCall(one) && endsRepetition(resources, one))) isStopped = true;
    return true;
  });
  return found;
}

/** `(async () => { … })()`. */
function isCalled(node: FunctionNode): boolean {
  return node.parent.type === T.CallExpression && unwrap(node.parent.callee) === node;
}

const ENDS: ReadonlySet<string | undefined> = new Set(["cancel", "pause", "stop"]);

/** `clearInterval(timer)`, `job.stop()`. */
function endsRepetition({ names }: Resources, { callee }: TSESTree.CallExpression): boolean {
  return names.origin(callee)?.path.at(-1) === "clearInterval" || ENDS.has(memberName(unwrap(callee)));
}

/** Whether something else may end the wait for what a call gives: `Promise.race([ask(), late])`, `withTimeout(ask())`. */
function isRaced(resources: Resources, node: TSESTree.Node): boolean {
  for (let child = node, { parent } = node; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type !== T.CallExpression) continue;
    if (isRace(resources.names, parent) || racerOf(resources, parent, child) !== undefined) return true;
  }
  return false;
}

const CHANGES: ReadonlySet<string | undefined> = new Set(["add", "clear", "delete", "push", "set"]);
const COUNTS: ReadonlySet<string | undefined> = new Set(["activeCount", "pending", "pendingCount", "size"]);

const CLOCKS: ReadonlySet<string | undefined> = new Set(["Date.now", "performance.now"]);

/** Whether a condition decides about the wait that runs change, or that asks something we do not see. */
function isGuarded({ names, file }: Resources, node: TSESTree.Node, runs: readonly FunctionNode[]): boolean {
  const written = writtenIn(names, runs);
  const decides = (one: TSESTree.Node): one is TSESTree.Node => {
    if (one.type === T.AwaitExpression) return true;
    // A clock knows nothing of the other runs.
    if (one.type === T.CallExpression) return !CLOCKS.has(names.origin(one.callee)?.path.join("."));
    const name = memberName(one);
    // The state of a lock: its own methods set it.
    if (COUNTS.has(name) || (name !== undefined && isSetLater(file.ast, name))) return true;
    const key = one.type === T.Identifier || one.type === T.MemberExpression ? stateKey(names, one) : undefined;
    return key !== undefined && written.has(key);
  };
  // `const isFree = ask()`, in the run itself.
  const isAnswer = (one: TSESTree.Node): one is TSESTree.Node => {
    const variable = names.variable(one);
    const start = variable && names.initial(variable)?.value;
    return start !== undefined && runs.some((run) => contains(run, start)) && findAll(start, decides).length > 0;
  };
  return guardsOf(node).some(({ test }) => [decides, isAnswer].some((one) => findAll(test, one).length > 0));
}

/** Whether a condition over what runs themselves set decides about the wait: `if (this.busy) return`. */
function isFlagged({ names }: Resources, node: TSESTree.Node, runs: readonly FunctionNode[]): boolean {
  const written = writtenIn(names, runs);
  const isFlag = (one: TSESTree.Node): one is TSESTree.Node => written.has(stateKey(names, one) ?? "");
  return guardsOf(node).some(({ test }) => findAll(test, isFlag).length > 0);
}

/** The names and fields that some functions change. */
function writtenIn(names: Names, runs: readonly FunctionNode[]): Set<string> {
  const written = new Set<string>();
  const addKey = (target: TSESTree.Node): void => {
    const key = stateKey(names, target);
    if (key !== undefined) written.add(key);
  };
  for (const run of runs) {
    walk(run, (one) => {
      if (one.type === T.AssignmentExpression) addKey(one.left);
      if (one.type === T.UpdateExpression) addKey(one.argument);
      if (one.type === T.CallExpression && one.callee.type === T.MemberExpression) {
        if (CHANGES.has(memberName(one.callee))) addKey(one.callee.object);
      }
    });
  }
  return written;
}

/** Whether a member of that name gets a value from something else than a constructor. */
function isSetLater(ast: TSESTree.Program, name: string): boolean {
  return assignmentsTo(membersNamed(ast, name)).some((assignment) => {
    const member = enclosingFunction(assignment)?.parent;
    return member?.type !== T.MethodDefinition || member.kind !== "constructor";
  });
}

/** A wait in a loop, or for something that has no deadline. */
function endlessIn(resources: Resources, run: FunctionNode): TSESTree.Node | undefined {
  const find: Find = (node) => {
    if (node.type === T.ForOfStatement && node.await) return node;
    if (node.type !== T.AwaitExpression) return undefined;
    if (loopAround(node)) return node;
    const call = unwrap(node.argument);
    if (call.type !== T.CallExpression || call.arguments.some(hasDeadline) || isTimer(resources, call))
      return undefined;
    return waitsWith(resources, call) && !keepsOut(resources, call, run) ? node : undefined;
  };
  return waitIn(resources, run, find, []);
}

/** Whether a call that is awaited waits for all that it is given, and not for a time limit as well. */
function waitsWith(resources: Resources, call: TSESTree.CallExpression): boolean {
  const root = rootOf(call);
  const isLimited = isCall(root) && isRace(resources.names, root);
  return !isLimited && !call.arguments.some((argument) => racerOf(resources, call, argument) !== undefined);
}

/** Whether a method of this file asks itself, before all that it waits for, if a run goes on, or limits each wait. */
function keepsOut(resources: Resources, { callee }: TSESTree.CallExpression, run: FunctionNode): boolean {
  const method = memberFunctionOf(resources.names, callee);
  if (!method || findAll(method.body, isAwait).length === 0) return false;
  const find: Find = (node) => {
    const call = isAwait(node) ? unwrap(node.argument) : undefined;
    return call && !(isCall(call) && !waitsWith(resources, call)) ? node : undefined;
  };
  return waitIn(resources, method, find, [run], isFlagged) === undefined;
}

function isTimer({ names }: Resources, { callee }: TSESTree.CallExpression): boolean {
  return names.origin(callee)?.module.startsWith("timers") === true;
}

function hasDeadline(node: TSESTree.Node): boolean {
  const options = unwrap(node);
  if (options.type !== T.ObjectExpression) return options.type === T.SpreadElement;
  return options.properties.some(
    (one) => one.type !== T.Property || /signal|timeout|deadline/iu.test(propertyName(one.key, one.computed) ?? ""),
  );
}
