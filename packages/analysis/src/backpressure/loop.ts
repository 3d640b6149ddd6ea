import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, enclosingFunction, isCall, isFunction, literalText, memberName, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { comesFrom, numberOf, sizeOf } from "./chunk.ts";
import { functionOf } from "./writable.ts";

/**
 * How much a loop brings:
 * - `source`: what an asynchronous source yields, as long as it yields;
 * - `made`: what it makes itself, as fast as it can;
 * - `held`: what is already in memory, an item each;
 * - `little`: a small number of small things, or what comes at the pace of something else.
 */
export type Yield = "held" | "little" | "made" | "source";

// Below this, a writable takes everything without saying "stop": its default high-water mark.
const SMALL_BYTES = 16 * 1024;
const SMALL_TURNS = 16;

/** What a loop brings to the chunks that are written in it. */
export function yieldOf(resources: Resources, loop: LoopNode, chunks: readonly TSESTree.Node[]): Yield {
  switch (loop.type) {
    case T.ForInStatement:
      return "little";
    case T.ForOfStatement:
      return loop.await ? yieldOfAsync(resources, loop) : yieldOfEach(resources, loop, chunks);
    default:
      return yieldOfTurns(resources, loop, chunks);
  }
}

function yieldOfAsync(resources: Resources, { right, body }: TSESTree.ForOfStatement): Yield {
  const iterated = unwrap(right);
  if (iterated.type === T.ArrayExpression) return "little";
  const source = iterated.type === T.CallExpression ? resources.names.origin(iterated.callee) : undefined;
  if (source?.module === "timers/promises") return "little";
  return awaitsIn(body).some((wait) => isTimer(resources, wait.argument)) ? "little" : "source";
}

function yieldOfEach(resources: Resources, loop: TSESTree.ForOfStatement, chunks: readonly TSESTree.Node[]): Yield {
  const items = yieldOfItems(resources, loop.right);
  if (items === "little") return items;
  const waits = awaitsIn(loop.body).filter((wait) => !isImmediate(resources, wait.argument));
  const isBrought = (node: TSESTree.Node): boolean => waits.includes(node as TSESTree.AwaitExpression);
  return waits.length === 0 || chunks.some((chunk) => comesFrom(resources, chunk, isBrought)) ? items : "little";
}

// What these give or are has a name for each item.
const SMALL: ReadonlySet<string | undefined> = new Set(["Headers", "Object", "URLSearchParams"]);

function yieldOfItems(resources: Resources, items: TSESTree.Node, depth = 0): Yield {
  const iterated = unwrap(items);
  if (iterated.type === T.ArrayExpression) return "little";
  if (iterated.type === T.CallExpression || iterated.type === T.NewExpression) {
    const callee = unwrap(iterated.callee);
    const origin = resources.names.origin(callee);
    if (origin?.module === "global" && SMALL.has(origin.path[0])) return "little";
    if (functionOf(resources, callee)?.generator) return "made";
    const name = memberName(callee);
    if (callee.type === T.MemberExpression && (name === "entries" || name === "keys" || name === "values")) {
      return yieldOfItems(resources, callee.object, depth + 1);
    }
    return "held";
  }
  const variable = depth < 4 ? resources.names.variable(iterated) : undefined;
  const start = variable && resources.names.initial(variable);
  if (!start || start.path.length > 0) return "held";
  // A list that is filled later is not the literal that it began as.
  const value = unwrap(start.value);
  if (value.type === T.ArrayExpression && value.elements.length === 0) return "held";
  return yieldOfItems(resources, value, depth + 1);
}

function yieldOfTurns(
  resources: Resources,
  loop: TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement,
  chunks: readonly TSESTree.Node[],
): Yield {
  const waits = awaitsIn(loop);
  const bringing = waits.filter((wait) => !isImmediate(resources, wait.argument));
  if (bringing.length > 0) {
    if (waits.some((wait) => isTimer(resources, wait.argument))) return "little";
    // Whatever else the loop waits for sets its pace; only what is waited for and then written comes from there.
    const isBrought = (node: TSESTree.Node): boolean => bringing.includes(node as TSESTree.AwaitExpression);
    return chunks.some((chunk) => comesFrom(resources, chunk, isBrought)) ? "source" : "little";
  }
  if (chunks.some((chunk) => comesFrom(resources, chunk, (node) => isReadOf(resources, node)))) return "source";
  const isHeld = (node: TSESTree.Node): boolean => isTaken(node) || isPiece(resources, loop, node);
  if (chunks.some((chunk) => comesFrom(resources, chunk, isHeld)) || testsLength(loop.test)) return "held";
  const turns = turnsOf(resources, loop);
  if (turns !== undefined) {
    const sizes = chunks.map((chunk) => sizeOf(resources, chunk));
    const size = sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    if (size === undefined ? turns <= SMALL_TURNS : turns * size <= SMALL_BYTES) return "little";
  }
  if (loop.test && loop.test.type !== T.Literal && findAll(loop.test, isCall).length > 0) return "held";
  return "made";
}

/** `stream.read()`: what arrives from elsewhere. */
function isReadOf(resources: Resources, node: TSESTree.Node): boolean {
  if (node.type !== T.CallExpression) return false;
  const callee = unwrap(node.callee);
  return (
    callee.type === T.MemberExpression &&
    memberName(callee) === "read" &&
    resources.is(resources.of(callee.object), "stream.Readable")
  );
}

const TAKERS: ReadonlySet<string | undefined> = new Set(["at", "exec", "next", "pop", "shift", "slice", "subarray"]);

/** A piece of what is there already: `queue.shift()`, `list[i]`, `buffer.subarray(a, b)`. */
function isTaken(node: TSESTree.Node): boolean {
  if (node.type === T.MemberExpression) return node.computed && literalText(node.property) === undefined;
  if (node.type !== T.CallExpression) return false;
  return TAKERS.has(memberName(unwrap(node.callee)));
}

/** `screen.getLine(row)`: who is asked for a piece by its number, and only that, has all of them. */
function isPiece({ names }: Resources, loop: LoopNode, node: TSESTree.Node): boolean {
  if (loop.type !== T.ForStatement || loop.init?.type !== T.VariableDeclaration) return false;
  const [index, ...more] = node.type === T.CallExpression ? node.arguments : [];
  const name = node.type === T.CallExpression ? memberName(unwrap(node.callee)) : undefined;
  if (!index || more.length > 0 || !/^(?:get[A-Z]|get$|item$|char)/u.test(name ?? "")) return false;
  const counters = loop.init.declarations.map(({ id }) => names.variable(id));
  const variable = names.variable(index);
  return variable !== undefined && counters.includes(variable);
}

const LENGTHS: ReadonlySet<string | undefined> = new Set(["byteLength", "length", "size"]);

function testsLength(test: TSESTree.Node | null): boolean {
  const isLength = (node: TSESTree.Node): node is TSESTree.MemberExpression => LENGTHS.has(memberName(node));
  return test !== null && findAll(test, isLength).length > 0;
}

/** How often `for (let i = 0; i < 200; i += 1)` runs, where numbers say so. */
function turnsOf(resources: Resources, loop: LoopNode): number | undefined {
  if (loop.type !== T.ForStatement || loop.test?.type !== T.BinaryExpression) return undefined;
  const bound = numberOf(resources, loop.test.right) ?? numberOf(resources, loop.test.left);
  const [declared] = loop.init?.type === T.VariableDeclaration ? loop.init.declarations : [];
  const start = declared?.init ? numberOf(resources, declared.init) : undefined;
  if (bound === undefined || start === undefined) return undefined;
  const { update } = loop;
  const step = update?.type === T.AssignmentExpression ? numberOf(resources, update.right) : 1;
  const including = loop.test.operator === "<=" || loop.test.operator === ">=" ? 1 : 0;
  return Math.ceil(Math.abs(bound - start) / Math.abs(step ?? 1)) + including;
}

/** The awaits of a region, those in nested functions left out. */
export function awaitsIn(region: TSESTree.Node): TSESTree.AwaitExpression[] {
  const found: TSESTree.AwaitExpression[] = [];
  walk(region, (node) => {
    if (isFunction(node) && node !== region) return false;
    if (node.type === T.AwaitExpression) found.push(node);
    return true;
  });
  return found;
}

const TIMERS: ReadonlySet<string | undefined> = new Set(["setTimeout", "wait"]);

/** A promise that time resolves: `setTimeout` of `timers/promises`, or one made with the global one. */
function isTimer(resources: Resources, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.CallExpression) {
    const origin = resources.names.origin(expression.callee);
    if (origin?.module === "timers/promises") return TIMERS.has(origin.path.at(-1));
    const called = functionOf(resources, expression.callee);
    return called !== undefined && setsTimer(resources, called);
  }
  return expression.type === T.NewExpression && setsTimer(resources, expression);
}

function setsTimer(resources: Resources, region: TSESTree.Node): boolean {
  const isSet = (node: TSESTree.Node): node is TSESTree.CallExpression => {
    if (node.type !== T.CallExpression) return false;
    const origin = resources.names.origin(node.callee);
    return origin?.path.at(-1) === "setTimeout" && (origin.module === "global" || origin.module.startsWith("timers"));
  };
  return findAll(region, isSet).length > 0;
}

/** A wait that only lets others run: `setImmediate()`, `Promise.resolve()`, `null`. */
function isImmediate(resources: Resources, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return true;
  if (expression.type !== T.CallExpression) return false;
  const origin = resources.names.origin(expression.callee);
  const name = origin?.path.join(".");
  return (
    (origin?.module === "timers/promises" && name === "setImmediate") ||
    (origin?.module === "global" && name === "Promise.resolve")
  );
}

/** Whether a node may run again in the same loop, on a path on which no step ends it. */
export function runsAgain(node: TSESTree.Node, loop: LoopNode, ends: (step: Step) => boolean = () => false): boolean {
  const owner = enclosingFunction(node);
  if (!owner) return false;
  const path = codePathOf(owner);
  const isNextTurn = ({ kind, node: at }: Step): boolean =>
    (kind === "iterate" && at === loop) || (kind === "statement" && at === loop.body);
  return reaches(stepsOf(path, node), isNextTurn, {
    through: (step) => !ends(step) && step.node !== loop && contains(loop, step.node),
  });
}
