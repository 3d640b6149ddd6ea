import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { isCall, isFunction, isLoop, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";

/** A race that is run again and again, and leaves something behind each time. */
export interface RaceInLoop {
  readonly node: TSESTree.CallExpression;
  /**
   * - `outlives`: a promise of before the loop gets one more reaction each time, as long as it is pending;
   * - `drops`: what the loser asked for comes later, and nobody has it;
   * - `listens`: the listener of the loser stays.
   */
  readonly how: "drops" | "listens" | "outlives";
  /** The runner that this is about. */
  readonly runner: TSESTree.Node;
  /** Where it was made, for one that outlives the loop. */
  readonly made: TSESTree.Node | undefined;
}

/** Finds races in loops without bound that keep or lose more with each turn. */
export function findRacesInLoops(resources: Resources): RaceInLoop[] {
  return findAll(resources.file.ast, isCall).flatMap((node) => {
    const runners = runnersOf(resources, node);
    const loop = runners && endlessLoopAround(node);
    if (!runners || !loop || !comesBack(node)) return [];
    const finding =
      outliving(resources, runners, loop) ?? dropped(resources, node, runners, loop) ?? listening(resources, runners);
    return finding ? [{ node, ...finding }] : [];
  });
}

type Found = Omit<RaceInLoop, "node">;

/** The promises of a race, written out; undefined where it is none, or its runners are kept in a collection. */
function runnersOf({ names }: Resources, node: TSESTree.CallExpression): TSESTree.Node[] | undefined {
  const origin = names.origin(node.callee);
  const [list] = node.arguments;
  if (origin?.module !== "global" || !["Promise.race", "Promise.any"].includes(origin.path.join("."))) return undefined;
  if (list?.type !== T.ArrayExpression) return undefined;
  const runners = list.elements.filter((element) => element !== null && element.type !== T.SpreadElement);
  return runners.length > 1 ? runners.map((runner) => unwrap(runner as TSESTree.Node)) : undefined;
}

/** The innermost loop around a place, if nothing in its head says that it ends soon. */
function endlessLoopAround(node: TSESTree.Node): LoopNode | undefined {
  let child = node;
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (!isLoop(parent) || child !== parent.body) continue;
    const endless =
      parent.type === T.WhileStatement ||
      parent.type === T.DoWhileStatement ||
      (parent.type === T.ForOfStatement && parent.await) ||
      (parent.type === T.ForStatement && !parent.test);
    return endless ? parent : undefined;
  }
  return undefined;
}

function comesBack(node: TSESTree.CallExpression): boolean {
  const owner = ownerOf(node);
  const steps = owner ? stepsAt(owner, node) : [];
  const own = new Set(steps);
  return owner !== undefined && codePathOf(owner).steps.length > 0 && reaches(steps, (step) => own.has(step));
}

/** A runner that was made before the loop and is not replaced in it. */
function outliving(resources: Resources, runners: readonly TSESTree.Node[], loop: LoopNode): Found | undefined {
  const assigned = assignedIn(resources, loop);
  for (const runner of runners) {
    const root = rootOf(runner);
    const key = resources.names.key(root);
    if (key === undefined || isPartOf(assigned, key)) continue;
    const made = maker(resources, root);
    // A literal is no promise, and a deadline for the whole loop ends it.
    if (made === "inside" || (made && (contains(loop, made) || isDeadline(resources, made)))) continue;
    if (made && endsTogether(made, loop)) continue;
    return { how: "outlives", runner, made };
  }
  return undefined;
}

/** A promise of one call of a function, raced in a loop that ends with its input, is let go with all that it keeps. */
function endsTogether(made: TSESTree.Node, loop: LoopNode): boolean {
  const owner = ownerOf(loop);
  const isLocal = owner !== undefined && owner.type !== T.Program && ownerOf(made) === owner;
  return isLocal && !isParameter(made) && !isForEver(loop);
}

function isParameter(node: TSESTree.Node): boolean {
  return isFunction(node.parent) && node.parent.body !== node;
}

function isForEver(loop: LoopNode): boolean {
  if (loop.type === T.ForStatement) return !loop.test;
  if (loop.type !== T.WhileStatement && loop.type !== T.DoWhileStatement) return false;
  return loop.test.type === T.Literal && Boolean(loop.test.value);
}

/** `stopped.then(…)` → `stopped`: what is asked of a promise is a reaction as well. */
function rootOf(runner: TSESTree.Node): TSESTree.Node {
  let root = runner;
  while (root.type === T.CallExpression) {
    const callee = unwrap(root.callee);
    if (callee.type !== T.MemberExpression || !["then", "catch", "finally"].includes(memberName(callee) ?? "")) break;
    root = unwrap(callee.object);
  }
  return root;
}

/** The names and fields that get another value within a loop. */
function assignedIn({ names }: Resources, loop: LoopNode): Set<string> {
  const assigned = new Set<string>();
  for (const node of findAll(
    loop,
    (part): part is TSESTree.Node => part.type === T.AssignmentExpression || part.type === T.VariableDeclarator,
  )) {
    if (node.type === T.AssignmentExpression) assigned.add(names.key(node.left) ?? "");
    else if (node.type === T.VariableDeclarator && node.id.type === T.Identifier)
      assigned.add(names.key(node.id) ?? "");
  }
  return assigned;
}

function isPartOf(assigned: ReadonlySet<string>, key: string): boolean {
  return [...assigned].some((one) => key === one || (one !== "" && key.startsWith(`${one}.`)));
}

/** What made a promise; `inside` where the name is one of the loop's own, or of no promise. */
function maker({ names }: Resources, node: TSESTree.Node): TSESTree.Node | "inside" | undefined {
  if (node.type !== T.Identifier) return undefined;
  const variable = names.variable(node);
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition) return "inside";
  const start = names.initial(variable);
  if (start) return unwrap(start.value).type === T.Literal ? "inside" : start.value;
  const name = definition.name as TSESTree.Node;
  return variable.references.some((reference) => reference.isWrite() && !reference.init) ? "inside" : name;
}

function isDeadline(resources: Resources, node: TSESTree.Node): boolean {
  return sleeps(resources, node) || findAll(node, isCall).some((call) => isTimer(resources, call));
}

/** The name of what is asked of a source that gives each item once. */
const TAKES: ReadonlySet<string> = new Set(["next", "read", "take", "receive", "recv", "dequeue", "pull"]);

/** A runner that asks a source of before the loop for its next item, beside one that may win without it. */
function dropped(
  resources: Resources,
  race: TSESTree.CallExpression,
  runners: readonly TSESTree.Node[],
  loop: LoopNode,
): Found | undefined {
  const takers = runners.filter((runner) => takesFrom(resources, runner, loop));
  const [taker] = takers;
  if (!taker) return undefined;
  const merges = takers.length > 1;
  const idles = runners.some((runner) => sleeps(resources, runner)) && goesOnWithout(resources, race, loop);
  return merges || idles ? { how: "drops", runner: taker, made: undefined } : undefined;
}

function takesFrom({ names }: Resources, runner: TSESTree.Node, loop: LoopNode): boolean {
  const callee = runner.type === T.CallExpression && runner.arguments.length === 0 ? unwrap(runner.callee) : undefined;
  if (callee?.type !== T.MemberExpression || !TAKES.has(memberName(callee) ?? "")) return false;
  const source = unwrap(callee.object);
  const variable = source.type === T.Identifier ? names.variable(source) : undefined;
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  return variable ? declared !== undefined && !contains(loop, declared) : names.key(source) !== undefined;
}

/** `sleep(ms)`, or a promise that a timer resolves. */
function sleeps({ names }: Resources, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.CallExpression) {
    const origin = names.origin(expression.callee);
    if (origin?.module === "timers/promises" || origin?.path.join(".") === "promises.setTimeout") return true;
    const body = functionOf(names, expression.callee)?.body;
    const result = body?.type === T.BlockStatement ? onlyReturn(body) : body;
    return result ? sleeps({ names } as Resources, result) : false;
  }
  if (expression.type !== T.NewExpression) return false;
  const [executor] = expression.arguments;
  const [resolve] = executor && isFunction(executor) ? executor.params : [];
  if (!executor || resolve?.type !== T.Identifier) return false;
  return findAll(executor, isCall).some(
    (call) =>
      isTimer({ names } as Resources, call) &&
      call.arguments[0] !== undefined &&
      names.key(call.arguments[0]) === names.key(resolve),
  );
}

function onlyReturn({ body }: TSESTree.BlockStatement): TSESTree.Node | undefined {
  const [statement] = body;
  return body.length === 1 && statement?.type === T.ReturnStatement ? (statement.argument ?? undefined) : undefined;
}

function isTimer({ names }: Resources, call: TSESTree.CallExpression): boolean {
  return names.origin(call.callee)?.path.at(-1) === "setTimeout";
}

/** Whether the loop goes on where the item has not come: it says `continue`, or has no way out at all. */
function goesOnWithout({ names }: Resources, race: TSESTree.CallExpression, loop: LoopNode): boolean {
  const exits = findAll(loop.body, (node): node is TSESTree.Node => EXITS.has(node.type) && !isInNested(node, loop));
  if (exits.length === 0) return true;
  const holder =
    meaningfulParent(race)?.type === T.AwaitExpression ? meaningfulParent(meaningfulParent(race) ?? race) : undefined;
  const result = holder?.type === T.VariableDeclarator ? names.key(holder.id) : undefined;
  return findAll(loop.body, (node): node is TSESTree.ContinueStatement => node.type === T.ContinueStatement).some(
    ({ parent }) => {
      const test = parent.type === T.IfStatement ? parent : parent.parent;
      if (test?.type !== T.IfStatement || result === undefined) return false;
      return findAll(test.test, (node): node is TSESTree.Identifier => node.type === T.Identifier).some(
        (name) => names.key(name) === result,
      );
    },
  );
}

const EXITS: ReadonlySet<string> = new Set([T.BreakStatement, T.ReturnStatement, T.ThrowStatement]);

function isInNested(node: TSESTree.Node, loop: LoopNode): boolean {
  for (let parent = node.parent; parent && parent !== loop; parent = parent.parent) if (isFunction(parent)) return true;
  return false;
}

/** A runner that begins to listen each time, and goes on when it has lost to another that is made anew as well. */
function listening(resources: Resources, runners: readonly TSESTree.Node[]): Found | undefined {
  const fresh = runners.filter((runner) => {
    const root = rootOf(runner);
    return root.type === T.CallExpression || root.type === T.NewExpression;
  });
  // Who loses to what was there before the loop loses once: that wins every turn from then on.
  const runner = fresh.find((one) => {
    const wait = eventWaitOf(resources, one);
    return wait && !wait.otherwise && wait.events.every(({ target }) => resources.names.key(target) !== undefined);
  });
  return runner && fresh.length > 1 ? { how: "listens", runner, made: undefined } : undefined;
}

function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
