import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  isLoop,
  meaningfulParent,
  memberName,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { callersOf } from "./callers.ts";
import { comesFrom, numberOf, sizeOf } from "./chunk.ts";
import { drainWaitsOf, isElsewhere } from "./drain-wait.ts";
import { fateOf } from "./result.ts";
import { writesOf } from "./writable.ts";
import type { Write } from "./writable.ts";

/** A wait for `drain` after a write that nobody asked whether there will be one. */
export interface UnconditionalDrain {
  readonly node: TSESTree.Node;
  readonly target: TSESTree.Node;
  readonly write: TSESTree.CallExpression;
}

/** The waits for `drain` to which a write leads without anybody looking at what it returned. */
export function findUnconditionalDrains(resources: Resources): UnconditionalDrain[] {
  return drainWaitsOf(resources).flatMap((wait) => {
    if (isElsewhere(wait) || alwaysDrains(resources, wait.target)) return [];
    return wait.uses.flatMap(({ node }) => {
      const owner = enclosingFunction(node);
      if (!owner || isConditional(resources, node, owner)) return [];
      const writes = writesOf(resources).filter(({ key }) => key === wait.key);
      const write = writes
        .filter((one) => !isLarge(resources, one))
        .flatMap((one) => placesIn(resources, one, owner))
        .find((place) => leadsTo(resources, place, node, owner));
      return write ? [{ node, target: wait.target, write }] : [];
    });
  });
}

// What is written at once beyond this refuses with the default high-water mark.
const LARGE_BYTES = 16 * 1024;

function isLarge(resources: Resources, { chunk }: Write): boolean {
  return (sizeOf(resources, chunk) ?? 0) >= LARGE_BYTES;
}

/** A writable with no room says "full" to every write, and so drains after each. */
function alwaysDrains(resources: Resources, target: TSESTree.Node): boolean {
  const options = resources.maker(target)?.arguments ?? [];
  return options.some(
    (option) =>
      option.type === T.ObjectExpression &&
      option.properties.some((property) => {
        if (property.type !== T.Property) return false;
        const name = propertyName(property.key, property.computed);
        return /highwatermark$/iu.test(name ?? "") && (numberOf(resources, property.value) ?? 2) <= 1;
      }),
  );
}

/** The write, if the owner does it and drops or keeps the result; or the calls of the function that drops it. */
function placesIn(
  resources: Resources,
  { node, callback }: Write,
  owner: NonNullable<ReturnType<typeof enclosingFunction>>,
): TSESTree.CallExpression[] {
  const fate = fateOf(resources.names, node);
  if (callback) return [];
  const home = enclosingFunction(node);
  if (home === owner) {
    if (isAsserted(fate)) return [];
    return fate.kind === "dropped" || fate.kind === "kept" ? [node] : [];
  }
  // Of a function that waits or decides by itself, nothing is known here.
  if (fate.kind !== "dropped" || !isFunction(home) || home.async) return [];
  return callersOf(resources, home).filter((call) => enclosingFunction(call) === owner);
}

/** `assert.equal(more, false)`: then it is known. */
function isAsserted(fate: ReturnType<typeof fateOf>): boolean {
  if (fate.kind !== "kept") return false;
  return fate.variable.references.some(
    (reference) => reference.isRead() && meaningfulParent(reference.identifier)?.type === T.CallExpression,
  );
}

/** Whether a condition around the wait may depend on a write. */
function isConditional(resources: Resources, node: TSESTree.Node, owner: TSESTree.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent && child !== owner; child = parent, parent = parent.parent) {
    const test = testOf(parent);
    if (test && test !== child && consults(resources, test)) return true;
    if (parent.type === T.LogicalExpression && parent.right === child && consults(resources, parent.left)) return true;
    if (parent.type === T.SwitchCase || parent.type === T.CatchClause) return true;
  }
  return false;
}

function testOf(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case T.IfStatement:
    case T.ConditionalExpression:
    case T.WhileStatement:
    case T.DoWhileStatement:
      return node.test;
    case T.ForStatement:
      return node.test ?? undefined;
    default:
      return undefined;
  }
}

const STATE: ReadonlySet<string | undefined> = new Set([
  "writable",
  "writableLength",
  "writableNeedDrain",
  "destroyed",
]);

/** Whether a condition may tell that a write was refused: in doubt, it may. */
function consults(resources: Resources, test: TSESTree.Node): boolean {
  return comesFrom(resources, test, (node) => {
    if (node.type === T.CallExpression) return isIteratorCall(node) ? undefined : true;
    if (node.type === T.MemberExpression) {
      return unwrap(node.object).type === T.ThisExpression || STATE.has(memberName(node));
    }
    return node.type === T.Literal && typeof node.value === "boolean" && node.parent.type !== T.WhileStatement;
  });
}

/** `reader.read()`, `iterator.next()`: they tell that there is data, not that there is room. */
function isIteratorCall({ callee }: TSESTree.CallExpression): boolean {
  const member = unwrap(callee);
  return member.type === T.MemberExpression && ["next", "read", "shift", "pop"].includes(memberName(member) ?? "");
}

/** Whether control may come from a write to the wait past no condition that may depend on the write. */
function leadsTo(
  resources: Resources,
  write: TSESTree.CallExpression,
  wait: TSESTree.Node,
  owner: NonNullable<ReturnType<typeof enclosingFunction>>,
): boolean {
  // A loop that goes on until a write is refused: `do { more = out.write(…) } while (more)`.
  for (let node = write.parent as TSESTree.Node | undefined; node && node !== owner; node = node.parent) {
    const test = isLoop(node) && !contains(node, wait) ? testOf(node) : undefined;
    if (test && consults(resources, test)) return false;
  }
  const path = codePathOf(owner);
  const targets = new Set(stepsOf(path, wait));
  const decides = ({ kind, node }: Step): boolean => {
    if (kind === "statement" && node.type === T.IfStatement) {
      return !contains(node, wait) && leaves(node) && consults(resources, node.test);
    }
    return (node.type === T.LogicalExpression || node.type === T.ConditionalExpression) && consults(resources, node);
  };
  return reaches(stepsOf(path, write), (step) => targets.has(step), { through: (step) => !decides(step) });
}

/** Whether a branch of a condition goes elsewhere. */
function leaves(node: TSESTree.IfStatement): boolean {
  const isExit = (one: TSESTree.Node): one is TSESTree.Node =>
    one.type === T.ReturnStatement ||
    one.type === T.ContinueStatement ||
    one.type === T.BreakStatement ||
    one.type === T.ThrowStatement;
  return findAll(node, isExit).length > 0;
}
