import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { namesOf, standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { programOf } from "../source/program-files.ts";
import type { SourceFile } from "../source/source-file.ts";
import { childrenOf, enclosingFunction, isFunction, literalText, propertyValue, unwrap } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { atomicOf, elementKey, numberIn } from "./atomics.ts";
import type { AtomicCall } from "./atomics.ts";

/** A notification or a change of shared memory that does not come with the other. */
export interface LoneNotification {
  /** `unchanged`: nothing is stored; `early`: it is stored only afterwards; `silent`: stored, but nobody is notified. */
  readonly kind: "early" | "silent" | "unchanged";
  /** Where that is in the text of the file, which may be within the source of a worker. */
  readonly range: readonly [number, number];
  /** The wait that it leaves asleep. */
  readonly wait: TSESTree.Node;
  readonly waitLine: number;
}

/** Parses a piece of code that stands in a string. */
export type Parse = (text: string) => TSESTree.Program | undefined;

/** Code that shares memory with other code of the same file: the file itself, or the source of a worker in it. */
interface Unit {
  readonly names: Names;
  readonly offset: number;
  readonly calls: readonly AtomicCall[];
  /** Assignments to elements of typed arrays, or of what may be one. */
  readonly assigned: readonly TSESTree.MemberExpression[];
}

const STORES: ReadonlySet<string> = new Set(["add", "and", "compareExchange", "exchange", "or", "store", "sub", "xor"]);

export function findLoneNotifications({ file, names }: Resources, parse: Parse): LoneNotification[] {
  const units = [unitOf(file.ast, names, 0), ...embedded(file, names, parse)];
  const waits = units.flatMap((unit) =>
    unit.calls.filter(({ operation }) => operation.startsWith("wait")).map((call) => ({ unit, call })),
  );
  const [wait] = waits;
  if (!wait) return [];
  const place = (unit: Unit, { node }: AtomicCall): Pick<LoneNotification, "range"> => ({
    range: [node.range[0] + unit.offset, node.range[1] + unit.offset],
  });
  const lineOf = ({ unit, call }: (typeof waits)[number]): number => (unit.offset === 0 ? call.node.loc.start.line : 0);
  const notes = units.flatMap((unit) =>
    unit.calls.filter(({ operation }) => operation === "notify").map((call) => ({ unit, call })),
  );
  const found: LoneNotification[] = [];
  for (const { unit, call } of notes) {
    const waiting = waits.find((one) => one.unit !== unit || mayBeSame(unit.names, one.call, call));
    if (!waiting) continue;
    const isStored = units.some((one) => storesIn(one, one === unit ? call : undefined));
    const kind = !isStored && !isHandedOn(unit, call.array) ? "unchanged" : isEarly(unit, call) ? "early" : undefined;
    if (kind) found.push({ kind, ...place(unit, call), wait: waiting.call.node, waitLine: lineOf(waiting) });
  }
  if (notes.length > 0 || units.length > 1) return found;
  const [main] = units;
  for (const { call: waiting } of main ? waits : []) {
    if (!main || waiting.values.length > 1 || isHandedOn(main, waiting.array)) continue;
    const key = elementKey(names, waiting.array, waiting.index);
    const expected = numberIn(names, waiting.values[0]);
    for (const call of main.calls) {
      if (key === undefined || elementKey(names, call.array, call.index) !== key || !STORES.has(call.operation))
        continue;
      if (!changes(names, call, expected) || isSetUp(call.node) || inSameFunction(call.node, waiting.node)) continue;
      if (!found.some(({ range }) => range[0] === call.node.range[0])) {
        found.push({ kind: "silent", ...place(main, call), wait: waiting.node, waitLine: waiting.node.loc.start.line });
      }
    }
  }
  return found;
}

function unitOf(ast: TSESTree.Node, names: Names, offset: number): Unit {
  const calls: AtomicCall[] = [];
  const assigned: TSESTree.MemberExpression[] = [];
  walk(ast, (node) => {
    const call = atomicOf(names, node);
    if (call) calls.push(call);
    const target =
      node.type === T.AssignmentExpression ? node.left : node.type === T.UpdateExpression ? node.argument : undefined;
    if (target?.type === T.MemberExpression && target.computed) assigned.push(target);
  });
  return { names, offset, calls, assigned };
}

/** The sources of workers that stand in the file: `new Worker("…", { eval: true })`. */
function embedded(file: SourceFile, names: Names, parse: Parse): Unit[] {
  return findAll(file.ast, isNew).flatMap((node) => {
    const origin = names.origin(node.callee);
    const [source, options] = node.arguments;
    if (origin?.module !== "worker_threads" || origin.path.at(-1) !== "Worker" || !source || !isEvaluated(options))
      return [];
    const text = standsFor(names, source);
    const content = literalText(text);
    if (content === undefined) return [];
    // What is written with escapes stands at other places than it is read.
    if (content.length !== text.range[1] - text.range[0] - 2) return [];
    const ast = parse(content);
    if (!ast) return [];
    walk(ast, (parent) => {
      for (const child of childrenOf(parent)) child.parent = parent;
    });
    // A piece of code this small is read by its names alone.
    const scopes = { scopes: [] } as unknown as SourceFile["scopes"];
    return [unitOf(ast, namesOf({ ast, scopes }), text.range[0] + 1)];
  });
}

function isNew(node: TSESTree.Node): node is TSESTree.NewExpression {
  return node.type === T.NewExpression;
}

function isEvaluated(options: TSESTree.Node | undefined): boolean {
  const value = propertyValue(options, "eval");
  return value?.type === T.Literal && value.value === true;
}

/** Whether two calls of one unit may mean the same element. */
function mayBeSame(names: Names, one: AtomicCall, other: AtomicCall): boolean {
  const [a, b] = [numberIn(names, one.index), numberIn(names, other.index)];
  return names.key(one.array) === names.key(other.array) && (a === undefined || b === undefined || a === b);
}

/** Whether a unit stores to the element of a notification; to any, where that is a notification of other code. */
function storesIn(unit: Unit, notify: AtomicCall | undefined): boolean {
  const isSame = (call: AtomicCall): boolean => !notify || mayBeSame(unit.names, call, notify);
  if (unit.calls.some((call) => STORES.has(call.operation) && isSame(call))) return true;
  return unit.assigned.some(({ object }) => notify && unit.names.key(object) === unit.names.key(notify.array));
}

/** Whether an array, or memory below it, is given to code that we do not see. */
function isHandedOn({ names, calls }: Unit, array: TSESTree.Node): boolean {
  const key = names.key(array);
  const root = calls[0]?.node;
  if (key === undefined || !root) return true;
  const isGiven = (node: TSESTree.Node): node is TSESTree.Node => {
    if (node.type !== T.CallExpression && node.type !== T.NewExpression) return false;
    if (atomicOf(names, node)) return false;
    if (node.type === T.NewExpression && isEvaluated(node.arguments[1])) return false;
    if (node.arguments.some((one) => speaksOf(names, one, key))) return true;
    const callee = unwrap(node.callee);
    return callee.type === T.MemberExpression && names.key(callee.object) === key;
  };
  return findAll(programOf(root), isGiven).length > 0;
}

function speaksOf(names: Names, node: TSESTree.Node, key: string): boolean {
  let found = false;
  walk(node, (one) => {
    if (isFunction(one)) return false;
    if (one.type === T.Identifier || one.type === T.MemberExpression) found ||= names.key(one) === key;
    return true;
  });
  return found;
}

/** Whether the store comes directly after the notification, in the same block, and none before it. */
function isEarly({ names, calls }: Unit, notify: AtomicCall): boolean {
  const statement = notify.node.parent;
  const block = statement.parent;
  if (statement.type !== T.ExpressionStatement || !block || !("body" in block) || !Array.isArray(block.body))
    return false;
  const owner = enclosingFunction(notify.node);
  const stores = calls.filter(
    (call) => STORES.has(call.operation) && mayBeSame(names, call, notify) && enclosingFunction(call.node) === owner,
  );
  const index = (block.body as TSESTree.Node[]).indexOf(statement);
  const next = (block.body as TSESTree.Node[])[index + 1];
  return (
    stores.every(({ node }) => node.range[0] > notify.node.range[0]) && stores.some(({ node }) => node.parent === next)
  );
}

/** Whether a store changes what is waited on. */
function changes(names: Names, call: AtomicCall, expected: number | undefined): boolean {
  if (call.operation === "add" || call.operation === "sub") return true;
  const value = numberIn(names, call.values[0]);
  return (
    ["exchange", "store"].includes(call.operation) &&
    value !== undefined &&
    expected !== undefined &&
    value !== expected
  );
}

/** What is stored before anybody can wait: in a constructor, or where the file begins. */
function isSetUp(node: TSESTree.Node): boolean {
  const owner = enclosingFunction(node);
  return (
    owner?.type === T.Program || (owner?.parent.type === T.MethodDefinition && owner.parent.kind === "constructor")
  );
}

function inSameFunction(one: TSESTree.Node, other: TSESTree.Node): boolean {
  return enclosingFunction(one) === enclosingFunction(other);
}
