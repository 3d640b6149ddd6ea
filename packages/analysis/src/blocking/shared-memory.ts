import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { ownValue } from "../source/field.ts";
import type { Resources } from "../resources/resources.ts";
import { meaningfulParent, memberName, propertyName, thisMember, unwrap } from "../source/syntax.ts";
import { usesOf } from "../uses/uses.ts";
import { atomicOf, numberIn } from "../wakes/atomics.ts";
import { apiName } from "./apis.ts";

/** A place that gives memory to another thread. */
export interface Gift {
  readonly node: TSESTree.Node;
  /** The worker that has it from its beginning, or the receiver of the message. */
  readonly worker: TSESTree.Node;
  readonly isInitial: boolean;
}

/** A place that changes an element of memory. */
export interface MemoryChange {
  readonly node: TSESTree.Node;
  /** Which element, and what it becomes; undefined where that is not known. */
  readonly index: number | undefined;
  readonly value: number | undefined;
}

/** Everything that a file does with a piece of memory; undefined where others may have it. */
export interface SharedMemory {
  readonly gifts: readonly Gift[];
  readonly changes: readonly MemoryChange[];
}

const VIEW = /^(?:Big(?:Int|Uint)64|Int32|Uint32|Int16|Uint16|Int8|Uint8|Uint8Clamped)Array$/u;
const HARMLESS: ReadonlySet<string | undefined> = new Set(["byteLength", "length", "byteOffset", "at", "slice"]);

/** The memory below an array of a file. */
export function sharedMemoryOf(resources: Resources, array: TSESTree.Node): SharedMemory | undefined {
  const root = rootOf(resources, array, 0);
  return root && read(resources, root);
}

/** The expression that makes the memory. */
function rootOf(resources: Resources, node: TSESTree.Node, depth: number): TSESTree.NewExpression | undefined {
  const expression = unwrap(node);
  const { names } = resources;
  if (depth > 6) return undefined;
  const inner = (one: TSESTree.Node | undefined): TSESTree.NewExpression | undefined =>
    one && rootOf(resources, one, depth + 1);
  if (expression.type === T.NewExpression) {
    const name = apiName(names, expression.callee);
    if (name === "SharedArrayBuffer") return expression;
    return VIEW.test(name) ? inner(expression.arguments[0]) : undefined;
  }
  if (expression.type === T.Identifier) {
    const held = names.held(expression);
    return held && inner(held);
  }
  if (expression.type !== T.MemberExpression) return undefined;
  if (thisMember(expression) === undefined)
    return memberName(expression) === "buffer" ? inner(expression.object) : undefined;
  const value = ownValue(expression);
  return value && inner(value);
}

function read(resources: Resources, root: TSESTree.NewExpression): SharedMemory | undefined {
  const { names } = resources;
  const gifts: Gift[] = [];
  const changes: MemoryChange[] = [];
  const pending: TSESTree.Node[] = [root];
  const seen = new Set<TSESTree.Node>();
  for (let made = pending.pop(); made; made = pending.pop()) {
    if (seen.has(made)) continue;
    seen.add(made);
    // A new array that is used on the spot has no uses but that one.
    const found = usesOf(names, made, { parts: new Set(["buffer"]), chained: new Set(["fill"]) });
    if (found.results.length > 0) return undefined;
    for (const { node } of found.uses) {
      const parent = meaningfulParent(node);
      const call = parent && atomicOf(names, parent);
      if (parent?.type === T.NewExpression && VIEW.test(apiName(names, parent.callee))) pending.push(parent);
      else if (call) {
        if (!/^(?:isLockFree|load|notify|wait|waitAsync)$/u.test(call.operation)) {
          const isStore = call.operation === "store" || call.operation === "exchange";
          changes.push({
            node: call.node,
            index: numberIn(names, call.index),
            value: isStore ? numberIn(names, call.values[0]) : undefined,
          });
        }
      } else if (parent?.type === T.MemberExpression && unwrap(parent.object) === unwrap(node)) {
        const change = elementChange(resources, parent);
        if (change) changes.push(change);
        else if (!isRead(parent)) return undefined;
      } else {
        const gift = giftOf(resources, node);
        if (!gift) return undefined;
        gifts.push(gift);
      }
    }
  }
  return { gifts, changes };
}

function elementChange({ names }: Resources, member: TSESTree.MemberExpression): MemoryChange | undefined {
  const parent = meaningfulParent(member);
  const isAssigned = parent?.type === T.AssignmentExpression && parent.left === member;
  if (!isAssigned && parent?.type !== T.UpdateExpression) {
    const name = memberName(member);
    if (name !== "fill" && name !== "set") return undefined;
    return { node: member, index: undefined, value: undefined };
  }
  const value = isAssigned && parent.operator === "=" ? numberIn(names, parent.right) : undefined;
  return { node: parent, index: numberIn(names, member.property), value };
}

function isRead(member: TSESTree.MemberExpression): boolean {
  return member.computed || HARMLESS.has(memberName(member));
}

/** `new Worker(…, { workerData: { memory } })`, `worker.postMessage(memory)`. */
function giftOf({ names }: Resources, node: TSESTree.Node): Gift | undefined {
  let current: TSESTree.Node | undefined = meaningfulParent(node);
  let isData = false;
  while (current && [T.ArrayExpression, T.ObjectExpression, T.Property, T.SpreadElement].includes(current.type)) {
    if (current.type === T.Property && propertyName(current.key, current.computed) === "workerData") isData = true;
    current = meaningfulParent(current);
  }
  if (current?.type === T.NewExpression) {
    const isWorker = apiName(names, current.callee) === "worker_threads.Worker" && isData;
    return isWorker ? { node, worker: current, isInitial: true } : undefined;
  }
  if (current?.type !== T.CallExpression) return undefined;
  const callee = unwrap(current.callee);
  if (callee.type !== T.MemberExpression || memberName(callee) !== "postMessage") return undefined;
  return { node: current, worker: callee.object, isInitial: false };
}
