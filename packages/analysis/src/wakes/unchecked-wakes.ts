import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { stateKey } from "../source/occurrences.ts";
import { contains, isCall, isFunction, isLoop, unwrap } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { callsOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { atomicOf, elementKey, numberIn } from "./atomics.ts";
import { changeOf, takes } from "./change.ts";
import type { Change } from "./change.ts";
import { guardsOf, loopTestsAround } from "./guard.ts";
import { isFreedOnWake } from "./hand-over.ts";
import { atomsOf, isShared, mentions } from "./state.ts";
import type { Atom } from "./state.ts";
import { firstTake } from "./take.ts";
import { wakeUpOf } from "./waiter.ts";
import type { WakeUp } from "./waiter.ts";

/** A wait for a condition after which the code acts as if it held, though others may have changed it meanwhile. */
export interface UncheckedWake {
  /** The statement or expression that tests and waits: `if (…) await …`. */
  readonly node: TSESTree.Node;
  readonly wait: TSESTree.Node;
  /** The state that is tested. */
  readonly state: TSESTree.Node;
  /** What takes it; undefined where a lock is taken to be held without having been taken again. */
  readonly take: TSESTree.Node | undefined;
  /** The test, where it stands in a constant that keeps its first result: `const empty = items.length === 0`. */
  readonly early?: TSESTree.VariableDeclarator | undefined;
}

/** The waits of a file after which the condition is not tested again before what it is about is taken. */
export function findUncheckedWakes(resources: Resources): UncheckedWake[] {
  const found = new Map<TSESTree.Node, UncheckedWake>();
  walk(resources.file.ast, (node) => {
    const wake = awaitedWake(resources, node);
    const finding = wake && (uncheckedAt(resources, node, wake) ?? unlocked(resources, node));
    if (finding && !found.has(finding.node)) found.set(finding.node, finding);
  });
  return [...found.values()];
}

function awaitedWake(resources: Resources, node: TSESTree.Node): WakeUp | undefined {
  if (atomicOf(resources.names, node)?.operation === "wait") return { how: "thread", source: node };
  if (node.type !== T.AwaitExpression) return undefined;
  return branches(node.argument)
    .map((argument) => wakeUpOf(resources, argument))
    .find((wake) => wake);
}

/** `await (empty ? once(…) : undefined)`: what may be awaited. */
function branches(node: TSESTree.Node): TSESTree.Node[] {
  const expression = unwrap(node);
  if (expression.type === T.ConditionalExpression)
    return [expression.consequent, expression.alternate].flatMap(branches);
  if (expression.type === T.LogicalExpression) return branches(expression.right);
  return [expression];
}

function uncheckedAt(resources: Resources, wait: TSESTree.Node, wake: WakeUp): UncheckedWake | undefined {
  const { names } = resources;
  const owner = ownerOf(wait);
  if (!owner || (owner.type === T.Program && wake.how !== "thread")) return undefined;
  for (const { node, test, outcome, instead } of [...innerGuards(wait), ...guardsOf(wait)]) {
    for (const atom of atomsOf(names, test, outcome)) {
      // `if (items.length > 0) return items.shift();` and then the wait: whoever need not wait takes at once.
      if (instead && !findAll(instead, isNode).some((one) => isTakeOf(names, one, atom))) continue;
      if (!isShared(names, atom.node) || loopTestsAround(wait).some((one) => mentions(names, one, atom.key))) continue;
      if (wake.how === "stored" && !awaitsState(resources, wake, atom)) continue;
      const take = firstTake(resources, owner, wait, atom);
      if (!take || !isContended(resources, owner, wake, atom, take)) continue;
      const place = contains(node, wait) ? node : statementOf(wait);
      return { node: place, wait, state: atom.node, take: take.node, early: earlyTest(test, atom) };
    }
  }
  // `Atomics.wait` tests by itself.
  const atomic = wake.how === "thread" ? atomicOf(names, unwrap(wake.source)) : undefined;
  const key = atomic && elementKey(names, atomic.array, atomic.index);
  if (!atomic || key === undefined || inLoop(wait, owner)) return undefined;
  const atom: Atom = { key, node: atomic.array, level: numberIn(names, atomic.values[0]) === 0 ? "low" : "high" };
  const take = firstTake(resources, owner, wait, atom);
  const isCount = take && COUNTS.has(atomicOf(names, take.node)?.operation);
  return isCount ? { node: statementOf(wait), wait, state: atomic.array, take: take.node } : undefined;
}

const COUNTS: ReadonlySet<string | undefined> = new Set(["add", "sub"]);

/** The variable in which a test stands that was made before. */
function earlyTest(test: TSESTree.Node, { node }: Atom): TSESTree.VariableDeclarator | undefined {
  if (contains(test, node)) return undefined;
  let current: TSESTree.Node | undefined = node;
  while (current && !isFunction(current) && current.type !== T.VariableDeclarator) current = current.parent;
  return current?.type === T.VariableDeclarator ? current : undefined;
}

function isNode(node: TSESTree.Node): node is TSESTree.Node {
  return "type" in node;
}

function isTakeOf(names: Resources["names"], node: TSESTree.Node, atom: Atom): boolean {
  const change = changeOf(names, node);
  return change !== undefined && takes(change, atom);
}

/** The conditions within an awaited expression: `await (empty ? once(…) : undefined)`. */
function innerGuards(wait: TSESTree.Node): ReturnType<typeof guardsOf> {
  if (wait.type !== T.AwaitExpression) return [];
  const expression = unwrap(wait.argument);
  if (expression.type === T.ConditionalExpression) {
    return [{ node: wait, test: expression.test, outcome: branches(expression.consequent).some(isCallLike) }];
  }
  if (expression.type !== T.LogicalExpression || expression.operator === "??") return [];
  return [{ node: wait, test: expression.left, outcome: expression.operator === "&&" }];
}

function isCallLike(node: TSESTree.Node): boolean {
  return node.type === T.CallExpression || node.type === T.NewExpression;
}

/** The lock is not taken again: `if (Atomics.compareExchange(lock, 0, 0, 1) !== 0) Atomics.wait(lock, 0, 1)`. */
function unlocked(resources: Resources, wait: TSESTree.Node): UncheckedWake | undefined {
  const { names, file } = resources;
  const owner = ownerOf(wait);
  if (!owner || inLoop(wait, owner)) return undefined;
  for (const { node, test } of guardsOf(wait)) {
    for (const one of findAll(test, isCall)) {
      const exchange = atomicOf(names, one);
      const key = exchange && elementKey(names, exchange.array, exchange.index);
      const free = numberIn(names, exchange?.values[0]);
      if (exchange?.operation !== "compareExchange" || key === undefined || free === undefined) continue;
      // Who stores what was expected gives a lock back; a state that only goes on is not one.
      const isLock = findAll(file.ast, isCall).some((call) => {
        const store = atomicOf(names, call);
        return (
          !!store &&
          ["exchange", "store"].includes(store.operation) &&
          elementKey(names, store.array, store.index) === key &&
          numberIn(names, store.values[0]) === free
        );
      });
      const after = new Set(
        findAll(owner, isCall)
          .filter((call) => isTest(resources, call, key))
          .flatMap((call) => stepsAt(owner, call)),
      );
      if (isLock && !reaches(stepsAt(owner, wait), (step) => after.has(step))) {
        return { node, wait, state: exchange.array, take: undefined };
      }
    }
  }
  return undefined;
}

function isTest({ names }: Resources, call: TSESTree.CallExpression, key: string): boolean {
  const atomic = atomicOf(names, call);
  if (atomic)
    return (
      ["compareExchange", "exchange", "load"].includes(atomic.operation) &&
      elementKey(names, atomic.array, atomic.index) === key
    );
  // A function that tests, itself perhaps: `return lock();`.
  const called = memberFunctionOf(names, call.callee);
  return called !== undefined && mentions(names, called.body, key);
}

/** A stored promise is waited for because it is there: `if (running) await running`. */
function awaitsState({ names }: Resources, { source }: WakeUp, atom: Atom): boolean {
  return stateKey(names, source) === atom.key && atom.level === "high";
}

/** Whether somebody else may have taken it: there are others who wait, and it is not handed over to one of them. */
function isContended(resources: Resources, owner: Owner, wake: WakeUp, atom: Atom, take: Change): boolean {
  const { names } = resources;
  if (wake.how === "thread") return true;
  const source = stateKey(names, wake.source);
  // What else is tested after the wait may tell who goes on.
  if (wake.how === "stored" && guardsOf(take.node).some(({ test }) => test.range[0] > wake.source.range[1]))
    return false;
  // The end of the thing itself, which this code has brought about: `if (server) { server.close(); await once(server, "close"); }`.
  if (wake.how === "event" && source !== undefined && (source === atom.key || source.startsWith(`${atom.key}.`)))
    return false;
  if (wake.how === "queue" && take.idempotent) {
    if (source === undefined || !isFreedOnWake(resources, source, atom)) return false;
  }
  return !isOnlyOne(resources, owner, atom, take);
}

/** A function that runs once, and nobody else takes the same. */
function isOnlyOne({ names, file }: Resources, owner: Owner, atom: Atom, take: Change): boolean {
  if (owner.type === T.Program) return true;
  const calls = callsOf(names, owner);
  const [call] = calls ?? [];
  if (calls?.length !== 1 || !call || ownerOf(call)?.type !== T.Program || inLoop(call, file.ast)) return false;
  const others = findAll(file.ast, (node): node is TSESTree.Node => {
    const change = changeOf(names, node);
    return !!change && takes(change, atom) && node !== take.node && !contains(owner, node);
  });
  return others.length === 0;
}

function inLoop(node: TSESTree.Node, owner: TSESTree.Node): boolean {
  for (let parent = node.parent; parent && parent !== owner; parent = parent.parent) if (isLoop(parent)) return true;
  return false;
}

function statementOf(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && !current.type.endsWith("Statement") && !current.type.endsWith("Declaration"))
    current = current.parent;
  return current;
}
